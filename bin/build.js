// Compiles the harness and the problems once, into a folder named after the state of their sources. A clone needs
// no build step: the first command does it, in a tenth of a second. A published package brings `dist/` along.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const home = dirname(dirname(fileURLToPath(import.meta.url)));

const entries = {
  lab: 'harness/cli/main.ts',
  vitest: 'harness/vitest.ts',
  'compare-peer': 'harness/compare/peer.ts',
  'compare-ipc': 'harness/compare/ipc-peer.ts',
  'self-test-peer': 'harness/process/self-test-peer.ts',
};

/** Processes that are started many at a time: one file each, since Node takes 20 ms longer for the same in modules. */
const processes = {
  referee: 'harness/hunt/referee.ts',
  worker: 'harness/process/worker.ts',
};

function sources(folder, out = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sources(path, out);
    else if (entry.name.endsWith('.ts')) out.push(path);
  }
  return out;
}

/** A digest of everything that goes into the build: names, sizes and times of change. */
function fingerprint(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(home, file)}:${size}:${mtimeMs};`);
  }
  return hash.digest('hex').slice(0, 16);
}

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  absWorkingDir: home,
  logLevel: 'silent',
};

/** The text of `entry` as it is evaluated in processes, where nothing can be imported: what it exports is `name`. */
export async function bundled(entry, name) {
  const { build } = await import('esbuild');
  const { withConstants } = await import('./constants.js');
  const { outputFiles } = await build({
    ...shared,
    platform: 'neutral',
    entryPoints: [entry],
    write: false,
    format: 'iife',
    globalName: name,
  });
  return withConstants(outputFiles[0].text);
}

async function buildInto(folder, files) {
  const { build } = await import('esbuild');
  const existing = Object.fromEntries(
    Object.entries(entries).filter(([, file]) => existsSync(join(home, file))),
  );
  const problems = files.filter((f) => /problems\/[^/]+\/problem\.ts$/.test(f));
  const face = {
    name: 'interleave',
    setup(b) {
      b.onResolve({ filter: /^interleave$/ }, () => ({ path: 'interleave', namespace: 'lab' }));
      b.onLoad({ filter: /.*/, namespace: 'lab' }, () => ({
        contents: 'export const { problem, between, sequential } = __interleave;',
      }));
      b.onResolve({ filter: /^definition$/ }, (args) => ({ path: args.importer.slice(6) }));
    },
  };
  const external = ['koffi', 'esbuild', 'vitest'];
  await Promise.all([
    build({
      ...shared,
      entryPoints: processes,
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      external,
      define: { 'import.meta.url': '__url' },
      banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
    }),
    build({
      ...shared,
      entryPoints: existing,
      outdir: folder,
      format: 'esm',
      splitting: true,
      sourcemap: 'inline',
      sourcesContent: false,
      external,
      define: { 'import.meta.vitest': 'undefined' },
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    }),
    bundled('harness/hunt/realm.ts', 'realm').then((text) => writeFileSync(join(folder, 'realm.js'), text)),
    ...problems.map(async (file) => {
      const result = await build({
        ...shared,
        platform: 'neutral',
        stdin: { contents: `import p from ${JSON.stringify(file)}; __deliver(p);`, resolveDir: home },
        plugins: [face],
        write: false,
        format: 'esm',
      });
      const slug = file.split('/').at(-2);
      mkdirSync(join(folder, 'problems'), { recursive: true });
      writeFileSync(
        join(folder, 'problems', `${slug}.js`),
        `(function (__interleave, __problem, __deliver) {"use strict";\n${result.outputFiles[0].text}\n})`,
      );
    }),
  ]);
}

/** The folder of the compiled lab; compiles it first where that is needed. */
export async function built() {
  const dist = join(home, 'dist');
  if (existsSync(join(dist, 'lab.js')) && !existsSync(join(home, '.git'))) return dist;
  const files = [
    ...sources(join(home, 'harness')),
    ...sources(join(home, 'problems')),
    fileURLToPath(import.meta.url),
    fileURLToPath(new URL('constants.js', import.meta.url)),
  ];
  const print = fingerprint(files.sort());
  let cache = join(home, 'node_modules', '.cache', 'interleave');
  const ready = join(cache, print);
  if (existsSync(ready)) return ready;
  try {
    mkdirSync(cache, { recursive: true });
  } catch {
    // A read-only checkout: build for this once, where koffi can still be found.
    cache = mkdtempSync(join(tmpdir(), `interleave-${process.pid}-`));
    symlinkSync(join(home, 'node_modules'), join(cache, 'node_modules'));
    process.on('exit', () => rmSync(cache, { recursive: true, force: true }));
  }
  const draft = mkdtempSync(join(cache, 'draft-'));
  const target = join(cache, print);
  try {
    await buildInto(draft, files);
    writeFileSync(join(draft, 'package.json'), JSON.stringify({ type: 'module', interleave: home }));
    for (const old of readdirSync(cache)) {
      if (
        !old.startsWith('draft-') &&
        old !== print &&
        // Somebody else may clear up at the same time.
        Date.now() - (statSync(join(cache, old), { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) >
          3_600_000
      ) {
        rmSync(join(cache, old), { recursive: true, force: true });
      }
    }
    renameSync(draft, target);
  } catch (e) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw e; // another command has built it meanwhile
  }
  return target;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2];
  if (folder) {
    rmSync(join(home, folder), { recursive: true, force: true });
    mkdirSync(join(home, folder));
    await buildInto(join(home, folder), [
      ...sources(join(home, 'harness')),
      ...sources(join(home, 'problems')),
    ]);
  } else console.log(await built());
}
