// From a student's TypeScript file to a program that a worker can evaluate afresh for every run.
//
// esbuild makes JavaScript of it; only 'interleave' and the problem can be imported, and both become parameters of
// the program. Then a tick goes into every loop and function, so that a loop without a step is found by counting.
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild';
import * as interleave from '../index.ts';
import { BadInput } from './bad-input.ts';
import { instrument } from './instrument.ts';
import { twin } from './twin.ts';

/** A position in the student's file; line and column from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Compiled {
  /** Source text of a function expression, see `Program` in process/realm.ts. */
  readonly code: string;
  /** The same of its twin, for the model; see `twin`. Where there is none: why. Made when it is first asked for. */
  readonly twin: string | { readonly reason: string };
  /** Where a position of the compiled code lies in the student's file; undefined where it is not theirs. */
  locate(line: number, column: number): SourcePosition | undefined;
}

const names = Object.keys(interleave);

/** Modules that the program is given instead of importing them. */
function given(entry: string): Plugin {
  return {
    name: 'interleave',
    setup(b) {
      b.onResolve({ filter: /.*/ }, (args) => {
        if (args.kind === 'entry-point') return { path: 'entry', namespace: 'lab' };
        if (args.path === 'the solution' && args.namespace === 'lab') return { path: entry };
        if (args.kind === 'dynamic-import' || args.kind === 'require-call') {
          return {
            errors: [
              {
                text: `'${args.path}' cannot be loaded while a role runs. Import from 'interleave' at the top.`,
              },
            ],
          };
        }
        if (args.path === 'interleave') return { path: 'interleave', namespace: 'lab' };
        if (/^interleave\/problems\/[^/]+$/.test(args.path)) return { path: args.path, namespace: 'lab' };
        return {
          errors: [
            {
              text: `'${args.path}' cannot be imported: a solution imports 'interleave' and its problem, nothing else.`,
            },
          ],
        };
      });
      b.onLoad({ filter: /.*/, namespace: 'lab' }, (args) => {
        if (args.path === 'entry')
          return { contents: `import s from 'the solution'; __deliver(s);`, loader: 'js' };
        if (args.path === 'interleave') {
          return {
            contents: names
              .map((n) => `export const ${n} = /* @__PURE__ */ (() => __interleave.${n})();`)
              .join('\n'),
            loader: 'js',
          };
        }
        const slug = args.path.slice('interleave/problems/'.length);
        return { contents: `export default __problem(${JSON.stringify(slug)});`, loader: 'js' };
      });
    },
  };
}

function sentence(m: Message): string {
  const where = m.location ? `${m.location.file}:${m.location.line}:${m.location.column + 1}: ` : '';
  const line = m.location ? `\n    ${m.location.lineText.trim()}` : '';
  return `${where}${m.text}${line}`;
}

/** Compiles the solution in `file`. Throws BadInput where it does not compile. */
export async function compile(file: string): Promise<Compiled> {
  const path = resolve(file);
  await readFile(path, 'utf8').catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT')
      throw new BadInput(`there is no file '${file}'. Check the path, or make one with lab start.`);
    if (e.code === 'EISDIR') throw new BadInput(`'${file}' is a folder. Name the solution's file.`);
    throw new BadInput(`'${file}' cannot be read: ${e.message}.`);
  });
  const result = await build({
    entryPoints: ['entry'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    sourcemap: 'external',
    outfile: '/solution.js',
    absWorkingDir: process.cwd(),
    logLevel: 'silent',
    treeShaking: true,
    tsconfigRaw: { compilerOptions: { strict: true } },
    plugins: [given(path)],
    loader: { '.js': 'ts', '.mjs': 'ts', '.cjs': 'ts' },
  }).catch((failure: BuildFailure) => {
    const errors = failure.errors?.map(sentence) ?? [String(failure)];
    const missing = errors.find((e) => e.includes('No matching export') && e.includes('import "default"'));
    if (missing) {
      throw new BadInput(`${file} has no default export. Write export default solve(problem, { share, … }).`);
    }
    throw new BadInput(`${file} does not compile:\n${errors.join('\n')}`);
  });
  const output = result.outputFiles.find((f) => f.path.endsWith('.js'));
  const map = result.outputFiles.find((f) => f.path.endsWith('.map'));
  if (output === undefined || map === undefined) throw new Error('esbuild gave no output');
  const bundled = new TraceMap(map.text);
  const original = (line: number, column: number): SourcePosition | undefined => {
    const p = originalPositionFor(bundled, { line, column: column - 1 });
    if (p.line === null || p.source === null || p.source.startsWith('lab:')) return undefined;
    if (resolve('/', p.source) !== path && resolve(dirname(path), p.source) !== path) {
      const other = resolve('/', p.source);
      return { file: relative(process.cwd(), other) || other, line: p.line, column: p.column + 1 };
    }
    return { file, line: p.line, column: p.column + 1 };
  };
  const ticked = instrument(output.text, (line, column, why) => {
    const at = original(line, column);
    const where = at ? `${at.file}:${at.line}:${at.column}` : file;
    return new BadInput(`${where}: ${why}`);
  });
  const second = new TraceMap(ticked.map);
  let made: Compiled['twin'] | undefined;
  const twinned = (): Compiled['twin'] => {
    const written = twin(output.text);
    if (typeof written === 'string') return written;
    const at = original(written.line, 1);
    return { reason: at ? `${written.reason} (${at.file}:${at.line})` : written.reason };
  };
  return {
    code: ticked.code,
    get twin() {
      made ??= twinned();
      return made;
    },
    locate: (line, column) => {
      // One line more: the head of the function expression.
      const p = line > 1 ? originalPositionFor(second, { line: line - 1, column: column - 1 }) : undefined;
      return p?.line ? original(p.line, p.column + 1) : undefined;
    },
  };
}
