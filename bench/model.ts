// What a model needs of its surroundings, in this process: memory that nobody else sees, and the twin of a program.
// Only programs of the lab's own may be played like this; a solution belongs into the realm of a worker.

import { compile } from '../harness/problem/compile.ts';
import type { Program } from '../harness/process/actor.ts';
import { type Board, makeBoard } from '../harness/process/board.ts';
import { SEGMENT_BYTES } from '../harness/process/control.ts';

const nobody = (): never => {
  throw new Error('a modelled process asked the system for something');
};

/** A board of this process alone. */
export const plainBoard = (): Board =>
  makeBoard({
    buffer: new ArrayBuffer(SEGMENT_BYTES),
    me: 0,
    inOrder: true,
    wait: nobody,
    waitFor: nobody,
    wake: () => {},
    yield: nobody,
    now: nobody,
    date: nobody,
    exit: nobody,
  });

/** The twin of the program in `file`, ready to be played. Throws where it has none. */
export async function twinOf(file: string): Promise<Program> {
  const { twin } = await compile(file);
  if (typeof twin !== 'string') throw new Error(`${file} cannot be modelled: ${twin.reason}`);
  // biome-ignore lint/security/noGlobalEval: what is evaluated is a program of the bench
  return globalThis.eval(twin) as Program;
}
