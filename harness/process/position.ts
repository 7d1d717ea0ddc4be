// Where in the compiled solution something happens, read off a stack. Only while a run is replayed: taking a stack
// costs more than a step.

/** The file name under which compiled solutions are evaluated. */
export const SOLUTION = 'solution.js';

export interface Position {
  readonly line: number;
  readonly column: number;
}

const frame = /solution\.js:(\d+):(\d+)/;

/** The innermost position of the solution in `stack`; line 0 where there is none. */
export function positionIn(stack: unknown): Position {
  const found = typeof stack === 'string' ? frame.exec(stack) : null;
  return found ? { line: Number(found[1]), column: Number(found[2]) } : { line: 0, column: 0 };
}

/** The position of the solution that called us. */
export const position = (): Position => positionIn(new Error().stack);
