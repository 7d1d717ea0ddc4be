// The direction of imports, as data, and what is wrong with a set of source files by it. Names of files are paths
// below harness/.
import { posix } from 'node:path';

export interface Sources {
  /** Text of each file, by its path below harness/. */
  readonly [path: string]: string;
}

interface Import {
  readonly from: string;
  /** A path below harness/, or the name of a package. */
  readonly to: string;
  readonly inside: boolean;
  /** Only types: nothing is left of it when the program runs. */
  readonly type: boolean;
}

/** What the files of a folder, or a single file at the top, may import. Types count. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  os: [],
  shared: [],
  ipc: ['shared'],
  sync: ['shared', 'ipc'],
  schedule: [],
  problem: ['shared', 'sync', 'index.ts'],
  'index.ts': ['shared', 'ipc', 'sync', 'problem'],
  model: ['shared', 'sync', 'schedule', 'problem', 'index.ts', 'process'],
  process: ['shared', 'sync', 'schedule', 'problem', 'index.ts', 'os'],
  check: ['shared', 'ipc', 'sync', 'schedule', 'problem', 'process'],
  hunt: ['shared', 'sync', 'schedule', 'problem', 'process', 'model', 'check'],
  compare: ['shared', 'ipc', 'sync', 'index.ts', 'problem', 'process', 'os'],
  report: ['schedule', 'problem', 'check', 'compare'],
  cli: ['schedule', 'problem', 'process', 'check', 'hunt', 'compare', 'report'],
  'vitest.ts': ['check', 'cli', 'report'],
};

/** Single files that may do what the rest of their folder may not, and whom the rule exists for. */
const exceptions: readonly (readonly [from: string, to: string])[] = [
  ['shared/segment.ts', 'os/futex.ts'],
  ['shared/segment.ts', 'os/memfd.ts'],
  ['shared/segment.ts', 'os/mmap.ts'],
  // A referee and whoever starts it choose processors; the machine's fitness is asked before anything starts.
  ['hunt/referee.ts', 'os/affinity.ts'],
  ['hunt/referee.ts', 'os/death.ts'],
  ['hunt/play-free.ts', 'os/affinity.ts'],
  ['hunt/lead.ts', 'os/affinity.ts'],
  ['hunt/lead.ts', 'os/machine.ts'],
];

/** Where packages, and parts of Node, may be imported. Packages that are not listed: nowhere. */
const homes: readonly (readonly [packages: RegExp, folders: readonly string[]])[] = [
  [/^koffi$/, ['os']],
  [/^fast-check$/, ['hunt']],
  [/^vitest$/, ['vitest.ts']],
  [/^(esbuild|acorn|magic-string|@jridgewell\/trace-mapping)$/, ['problem']],
  [/^node:child_process$/, ['process', 'hunt', 'compare']],
  [/^node:vm$/, ['process']],
  [/^node:/, ['os', 'problem', 'process', 'hunt', 'compare', 'cli', 'vitest.ts']],
];

/** Where student code is evaluated: nothing of Node or of the system may be bundled into it. */
const REALM = 'hunt/realm.ts';

const folderOf = (path: string): string => path.split('/')[0];

function importsOf(from: string, text: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s)?(?:[^;'"`]*?\sfrom\s+)?'([^'\n]+)'/gm;
  const call = /\bimport\('([^'\n]+)'\)/g;
  const found = [...text.matchAll(statement)].map(([, type, to]) => ({ to, type: type !== undefined }));
  for (const [, to] of text.matchAll(call)) found.push({ to, type: false });
  return found.map(({ to, type }) => {
    const inside = to.startsWith('.');
    return { from, type, inside, to: inside ? posix.normalize(posix.join(posix.dirname(from), to)) : to };
  });
}

function faultOf({ from, to, inside }: Import): string | undefined {
  const folder = folderOf(from);
  if (!inside) {
    const home = homes.find(([packages]) => packages.test(to));
    return home?.[1].includes(folder) ? undefined : `${from} imports ${to}`;
  }
  if (folderOf(to) === folder && folder !== from) return undefined;
  if (mayImport[folder]?.includes(folderOf(to))) return undefined;
  return exceptions.some(([a, b]) => a === from && b === to) ? undefined : `${from} imports ${to}`;
}

/** Everything that `entry` pulls in when it is bundled. */
function bundled(entry: string, imports: readonly Import[]): Set<string> {
  const all = new Set([entry]);
  for (const from of all) {
    for (const i of imports) if (i.from === from && !i.type) all.add(i.to);
  }
  return all;
}

/** All files that can be reached from themselves: with a circle, what is evaluated first is luck. */
function circles(imports: readonly Import[]): string[] {
  const values = imports.filter((i) => i.inside && !i.type);
  return [...new Set(values.map((i) => i.from))].filter((file) =>
    values.some((i) => i.from === file && bundled(i.to, values).has(file)),
  );
}

/** What is wrong with `sources`: nothing, where the list is empty. */
export function faultsIn(sources: Sources): string[] {
  const paths = Object.keys(sources);
  const imports = paths.flatMap((path) => importsOf(path, sources[path]));
  const faults = imports.flatMap((i) => faultOf(i) ?? []);
  for (const i of imports)
    if (i.inside && !(i.to in sources)) faults.push(`${i.from} imports ${i.to}: no file`);
  for (const [from, to] of exceptions) {
    if (!imports.some((i) => i.from === from && i.to === to))
      faults.push(`${from} needs no leave to import ${to}`);
  }
  for (const path of paths) {
    if (mayImport[folderOf(path)] === undefined) faults.push(`${path} lies where the design knows no folder`);
    if (/^export default\b/m.test(sources[path])) faults.push(`${path} has a default export`);
    if (/(^|\/)(utils?|common|helpers?|misc)(\/|\.ts$)/.test(path))
      faults.push(`${path} has a name that says nothing`);
  }
  for (const to of bundled(REALM, imports)) {
    if (!to.endsWith('.ts') || folderOf(to) === 'os') faults.push(`the realm of student code contains ${to}`);
  }
  for (const file of circles(imports)) faults.push(`${file} imports itself in a circle`);
  return faults;
}
