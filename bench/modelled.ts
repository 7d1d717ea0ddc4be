// How fast the model hunts, in a process of its own that is built and started as a worker is.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { builtFolder } from '../harness/problem/built.ts';
import { home } from '../harness/problem/catalogue.ts';
import type { Case } from '../harness/problem/problem.ts';
import { NODE_FLAGS } from '../harness/process/crew.ts';
import { twinTextOf } from './model.ts';
import type { Pace } from './pace.ts';

const run = promisify(execFile);

/** What bin/build.js exports, as far as it is used here. */
interface Build {
  bundled(entry: string, name: string): Promise<string>;
}

/** The pace of modelled runs of bench/programs/`program`.ts in the case `c`. Throws where a run breaks a rule. */
export async function paceOf(program: string, c: Case): Promise<Pace> {
  const problem = await readFile(join(await builtFolder(), 'problems/producer-consumer.js'), 'utf8');
  const twin = await twinTextOf(fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url)));
  const { bundled } = (await import(join(home, 'bin/build.js'))) as Build;
  const measured = await bundled(fileURLToPath(new URL('pace.ts', import.meta.url)), 'measured');
  const folder = await mkdtemp(join(tmpdir(), 'interleave-pace-'));
  try {
    const file = join(folder, 'pace.cjs');
    const call = `measured.pace(\n${problem},\n${twin},\n${JSON.stringify(c)})`;
    await writeFile(file, `${measured}\nprocess.stdout.write(JSON.stringify(${call}));\n`);
    const { stdout } = await run(process.execPath, [...NODE_FLAGS, file]);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
