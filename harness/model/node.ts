// A place among the steps of a run: what each process is about to do there, who was tried, and who need not be.
import { ALONE, KILL, WORLD } from './about.ts';

/** Whether processes are killed in the runs of a case, and whether the specification looks at that. */
export type Deaths = 'none' | 'unseen' | 'seen';

/** A place among the steps of a run. */
export interface Node {
  /** Processes, as bits: those that could move, those that were tried here, are still to be tried, need not be. */
  enabled: number;
  tried: number;
  wanted: number;
  asleep: number;
  /** Who moves here, and which way its step is taken of how many. */
  process: number;
  way: number;
  ways: number;
  /** What the step of each process is about: see about.ts; whether it only observes. */
  readonly about: Int32Array;
  readonly observes: Uint8Array;
  /** Whether it writes to an element. */
  readonly writes: Uint8Array;
  /** Whether it takes a lock that nobody else may hold, or lets one go: then both are never possible at once. */
  readonly acquires: Uint8Array;
  readonly releases: Uint8Array;
  /** For each process, how many steps of the run are known to the one that moved here, once it has moved. */
  readonly clock: Int32Array;
  /** The first of those who kill: number `killers` + p kills process p. */
  readonly killers: number;
  /** Whether the specification looks at deaths. */
  readonly seen: boolean;
}

/** Who moves where a run has ended although somebody could still be killed. */
export const NOBODY = -1;

export const newNode = (processes: number, killers = processes, seen = false): Node => ({
  enabled: 0,
  tried: 0,
  wanted: 0,
  asleep: 0,
  process: NOBODY,
  way: 0,
  ways: 1,
  about: new Int32Array(processes),
  observes: new Uint8Array(processes),
  writes: new Uint8Array(processes),
  acquires: new Uint8Array(processes),
  releases: new Uint8Array(processes),
  clock: new Int32Array(processes),
  killers,
  seen,
});

/** Whether the step of `p` at `a` and that of `q` at `b` do not commute. */
export function dependent(a: Node, p: number, b: Node, q: number): boolean {
  const about = a.about[p];
  const other = b.about[q];
  if (about === KILL && (q === p - a.killers || (a.seen && other === WORLD))) return true;
  if (other === KILL && (p === q - a.killers || (a.seen && about === WORLD))) return true;
  return about !== ALONE && about === other && (a.observes[p] & b.observes[q]) === 0;
}

/**
 * Who sleeps on after `node` (sleep sets: Godefroid, "Partial-order methods", LNCS 1032, 1996, chapter 5): whoever slept or was tried there, and does not care for the step
 * taken.
 */
export function stillAsleep(node: Node): number {
  let asleep = 0;
  for (let rest = (node.asleep | node.tried) & ~(1 << node.process); rest !== 0; rest &= rest - 1) {
    const p = 31 - Math.clz32(rest & -rest);
    if (!dependent(node, p, node, node.process)) asleep |= 1 << p;
  }
  return asleep;
}
