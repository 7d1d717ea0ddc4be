// Every schedule of a case, one after the other, by plain backtracking: whoever can move moves, in every way. It knows
// nothing of what commutes. The explorer must come to the same; and traces are told apart here without hashing.

import type { RunView } from '../../harness/check/run-view.ts';
import { RECORD_WORDS } from '../../harness/process/control.ts';
import { Bit, Field } from '../../harness/process/trace-record.ts';
import { STUCK, type Strategy } from '../../harness/schedule/strategy.ts';
import { deathOperations, operations, plainOperations } from '../../harness/sync/operations.ts';

interface Choice {
  readonly ways: number;
  way: number;
}

/** Plays the schedule after the one before: depth first. */
export class EverySchedule implements Strategy {
  readonly name = 'every';
  readonly kills = true;
  readonly #path: Choice[] = [];
  #depth = 0;

  begin(): void {
    this.#depth = 0;
  }

  next(_state: Int32Array, enabled: Int32Array, count: number, current: number): number {
    if (current !== STUCK) return enabled[this.#take(count)];
    const way = this.#take(count + 1); // or the run ends
    return way < count ? enabled[way] : -1;
  }

  choose(_state: Int32Array, n: number): number {
    return this.#take(n);
  }

  #take(ways: number): number {
    const choice = this.#path[this.#depth];
    if (choice === undefined) this.#path.push({ ways, way: 0 });
    else if (choice.ways !== ways) throw new Error(`${ways} ways where there were ${choice.ways}`);
    return this.#path[this.#depth++].way;
  }

  /** Goes over to the next schedule; false where all were played. */
  advance(): boolean {
    const path = this.#path;
    if (this.#depth !== path.length) throw new Error('a run is shorter than the one it repeats');
    while (path.length > 0) {
      const last = path[path.length - 1];
      if (++last.way < last.ways) return true;
      path.pop();
    }
    return false;
  }
}

const { event, pause } = plainOperations;
const { killed } = deathOperations;

/**
 * The trace of a run: what each process did, each step with the latest steps of the others that it depends on. Two runs
 * have the same one if and only if they differ in the order of independent steps alone.
 * @param seen whether deaths are told to the specification
 */
export function traceOf(
  { trace, processes, outcome }: RunView,
  related: readonly boolean[],
  seen = false,
): string {
  const movers = 2 * processes; // who kills process p is number `processes` + p
  const parts: string[][] = Array.from({ length: movers }, () => []);
  const known = parts.map(() => new Array<number>(movers).fill(0));
  const touched = new Map<string, { observes: boolean; clock: readonly number[] }[]>();
  for (let i = 0; i < outcome.steps; i++) {
    const at = i * RECORD_WORDS;
    const p = trace[at + Field.PROCESS];
    const code = trace[at + Field.OPERATION];
    const object = trace[at + Field.OBJECT];
    const element = trace[at + Field.INDEX];
    const alone = code === pause.code || (code === event.code && !related[object]);
    const about = code === event.code ? 'world' : `${object}[${element}]`;
    const observes = operations[code].observes === true;
    const clock = known[p];
    if (code === killed.code) {
      const worlds = seen ? (touched.get('world') ?? []) : [];
      const kills = touched.get('kills') ?? [];
      for (const one of [known[p - processes], ...worlds.map((w) => w.clock), ...kills.map((k) => k.clock)]) {
        for (const [q, n] of one.entries()) clock[q] = Math.max(clock[q], n);
      }
      clock[p]++;
      const entry = { observes: false, clock: [...clock] };
      touched.set('kills', [...kills, entry]);
      if (seen) touched.set('world', [...worlds, entry]);
      parts[p].push(`killed@${clock}`);
      continue;
    }
    if (!alone) {
      const before = touched.get(about) ?? [];
      for (const other of before) {
        if (observes && other.observes) continue;
        for (const [q, n] of other.clock.entries()) clock[q] = Math.max(clock[q], n);
      }
      clock[p]++;
      touched.set(about, [...before, { observes, clock: [...clock] }]);
    } else clock[p]++;
    const chosen = trace[at + Field.BITS] & Bit.CHOSE ? trace[at + Field.SECOND] : '';
    parts[p].push(`${code}:${about}:${chosen}@${clock}`);
  }
  return parts.map((steps) => steps.join(' ')).join('\n');
}

/** Words of one object, at most; those behind the last are zero. */
const MOST_WORDS = 64;

/** What a run came to: how it ended, what each process did and was given, and what is left in memory. */
export function cameTo({ trace, doubles, processes, outcome, objects, data }: RunView): string {
  const results: unknown[][] = Array.from({ length: 2 * processes }, () => []);
  for (let i = 0; i < outcome.steps; i++) {
    const at = i * RECORD_WORDS;
    const fields = [Field.OPERATION, Field.OBJECT, Field.INDEX, Field.ARGUMENT, Field.RESULT];
    const values = [doubles[(at + Field.BEFORE) >> 1], doubles[(at + Field.AFTER) >> 1]];
    const told = operations[trace[at + Field.OPERATION]].on === 'cell' ? values.map(String) : [];
    const gaveUp = trace[at + Field.BITS] & Bit.GAVE_UP;
    results[trace[at + Field.PROCESS]].push([...fields.map((f) => trace[at + f]), gaveUp, ...told]);
  }
  const last = Math.max(...objects.map(({ at }) => at)) + MOST_WORDS;
  return JSON.stringify([outcome.ending, results, [...data.slice(0, last)]]);
}
