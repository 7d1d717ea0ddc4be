// The twin of a program, to be played in this process.
// Only programs of the lab's own may be played like this; a solution belongs into the realm of a worker.

import { compile } from '../harness/problem/compile.ts';
import type { Program } from '../harness/process/actor.ts';

/** The text of the twin of the program in `file`, a function. Throws where it has none. */
export async function twinTextOf(file: string): Promise<string> {
  const { twin } = await compile(file);
  if (typeof twin !== 'string') throw new Error(`${file} cannot be modelled: ${twin.reason}`);
  return twin;
}

/** The twin of the program in `file`, ready to be played. Throws where it has none. */
export async function twinOf(file: string): Promise<Program> {
  // biome-ignore lint/security/noGlobalEval: what is evaluated is a program of the bench
  return globalThis.eval(await twinTextOf(file)) as Program;
}
