// Simpler forms of a schedule that fails: with fewer preemptive switches first, then with fewer steps.
import { compact, decodeTake, ENDLESS, isTake, type Moves, take } from './schedule.ts';

/** A schedule with more steps, or more switches, is cut down first: all else would be tried at length. */
const LONG = 400;
const MANY = 4;

/** Moves that may show the same with less, most promising first. */
export function* simpler(moves: Moves, switches: number, processes: number): Generator<Moves> {
  const segments = compact(moves);
  const order = (first: readonly number[]): number[] => [
    ...first,
    ...Array.from({ length: processes }, (_, p) => p).filter((p) => !first.includes(p)),
  ];
  const whole = (list: readonly number[]): Moves => list.map((p) => take(p, ENDLESS));
  const taken = new Array<number>(processes).fill(0);
  let steps = 0;
  for (const s of segments) {
    if (!isTake(s)) continue;
    const moved = decodeTake(s);
    steps += moved.steps;
    if (moved.process < processes) taken[moved.process] += moved.steps; // behind them come the buffers
  }
  // No preemption at all: one process after the other.
  if (switches > 0) {
    for (let p = 0; p < processes; p++) yield whole(order([p]));
    for (let p = 0; p < processes; p++) yield whole(order([p]).reverse());
  }
  const isLong = steps > LONG || switches > MANY;
  if (isLong) yield* near(segments);
  // A single one: p moves k steps, then q goes on as far as it can, then the others.
  if (switches > 1) {
    let tried = 0;
    for (let k = 1; k <= Math.max(...taken) && tried < 1500; k++) {
      for (let p = 0; p < processes; p++) {
        if (k > taken[p]) continue;
        for (let q = 0; q < processes; q++) {
          if (q === p) continue;
          tried++;
          yield [take(p, k), ...whole(order([q]).filter((r) => r !== p)), take(p, ENDLESS)];
        }
      }
    }
  }
  // Two: p moves k steps, q moves l steps, then p goes on as far as it can, then the others.
  if (switches > 2) {
    let tried = 0;
    for (let sum = 2; sum <= 2 * Math.max(...taken) && tried < 3000; sum++) {
      for (let k = 1; k < sum; k++) {
        for (let p = 0; p < processes; p++) {
          if (k > taken[p]) continue;
          for (let q = 0; q < processes; q++) {
            if (q === p || sum - k > taken[q]) continue;
            tried++;
            yield [take(p, k), take(q, sum - k), ...whole(order([p]))];
          }
        }
      }
    }
  }
  if (!isLong) yield* near(segments);
}

/** The same with a little changed. */
function* near(segments: readonly number[]): Generator<Moves> {
  // Stretches: halves first, then quarters …, then single segments.
  for (let size = segments.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < segments.length; at += size) {
      yield [...segments.slice(0, at), ...segments.slice(at + size)];
    }
  }
  // A process that looks again and again need not do so as often.
  for (const [i, segment] of segments.entries()) {
    if (!isTake(segment)) continue;
    const { process, steps } = decodeTake(segment);
    for (const fewer of new Set([1, steps >> 1, steps - 1]))
      if (fewer > 0 && fewer < steps) yield segments.with(i, take(process, fewer));
  }
  // Let a process go on as far as it can instead of being preempted.
  for (let i = 0; i < segments.length; i++) {
    if (!isTake(segments[i])) continue;
    const { process } = decodeTake(segments[i]);
    yield [...segments.slice(0, i), take(process, ENDLESS), ...segments.slice(i + 1)];
    const next = segments.findIndex((s, j) => j > i && isTake(s) && decodeTake(s).process === process);
    if (next > 0) {
      const together = take(process, decodeTake(segments[i]).steps + decodeTake(segments[next]).steps);
      yield [...segments.slice(0, i), together, ...segments.slice(i + 1, next), ...segments.slice(next + 1)];
      yield [...segments.slice(0, i), ...segments.slice(i + 1, next), together, ...segments.slice(next + 1)];
    }
  }
  // The beginning only; behind it everyone goes on as it comes.
  for (let n = 0; n < segments.length; n++) yield segments.slice(0, n);
}
