// What a pilot run tells about the runs that follow: how many steps each process takes, and for what the processes
// contend. It is an estimate. A strategy that uses it must be right, if less sharp, where it is wrong.

/** An object, or an element of an array, that several processes access, at least one of them to change it. */
export interface Contended {
  readonly object: number;
  /** The element, for arrays; else 0. */
  readonly index: number;
  /** Accesses by each process, and by all of them. */
  readonly by: readonly number[];
  readonly accesses: number;
}

export interface Profile {
  /** Steps of the whole run. */
  readonly length: number;
  /** Steps of each process. */
  readonly steps: readonly number[];
  /** Pieces of each process: one begins at its first step, and at each that synchronises. */
  readonly pieces: readonly number[];
  readonly contended: readonly Contended[];
  /** The role that each process plays, as a number: processes of one role run the same code. Default: unknown. */
  readonly roles?: readonly number[];
}

/** A run that was played, step by step from 0. */
export interface Played {
  readonly processes: number;
  readonly steps: number;
  process(step: number): number;
  /** The shared object that the step was about; -1 where it was about none. */
  object(step: number): number;
  index(step: number): number;
  writes(step: number): boolean;
  /** As `Announced.synchronises`. */
  synchronises(step: number): boolean;
}

/** What the run `played` tells. */
export function profileOf(played: Played, roles?: readonly number[]): Profile {
  const zeros = (): number[] => new Array<number>(played.processes).fill(0);
  const steps = zeros();
  const pieces = zeros();
  const accessed = new Map<string, { object: number; index: number; by: number[]; changed: boolean }>();
  for (let step = 0; step < played.steps; step++) {
    const p = played.process(step);
    if (steps[p]++ === 0 || played.synchronises(step)) pieces[p]++;
    const object = played.object(step);
    if (object < 0) continue;
    const index = played.index(step);
    const key = `${object} ${index}`;
    const one = accessed.get(key) ?? { object, index, by: zeros(), changed: false };
    one.by[p]++;
    one.changed ||= played.writes(step);
    accessed.set(key, one);
  }
  const contended = [...accessed.values()]
    .filter(({ by, changed }) => changed && by.filter((n) => n > 0).length > 1)
    .map(({ object, index, by }) => ({ object, index, by, accesses: by.reduce((a, b) => a + b) }));
  return { length: played.steps, steps, pieces, contended, ...(roles && { roles }) };
}
