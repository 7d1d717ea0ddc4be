import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeOf } from '../../harness/check/judge.ts';
import { keyOf } from '../../harness/check/judgement.ts';
import type { RunView } from '../../harness/check/run-view.ts';
import { Modelled } from '../../harness/hunt/modelled.ts';
import { Explorer } from '../../harness/model/explorer.ts';
import type { Deaths } from '../../harness/model/node.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { twin } from '../../harness/problem/twin.ts';
import { boardAlone } from '../../harness/process/board.ts';
import { Ending } from '../../harness/process/control.ts';
import { type Program, programs, textOf } from '../laws/program.ts';
import { workbench } from '../workbench.ts';
import { cameTo, EverySchedule, traceOf } from './every-schedule.ts';

const board = boardAlone();

/** Programs with more schedules than this are not looked at. */
const MOST = 1_000;
const endsEarly = (ending: number): boolean => ending !== Ending.FINISHED && ending !== Ending.DEADLOCK;

/** What the runs of a program come to. */
class Came {
  /** What each trace comes to, and what the judges say of it. */
  readonly traces = new Map<string, string>();
  readonly endings = new Set<number>();
  runs = 0;
  /** Runs whose trace was there before. */
  again = 0;

  note(view: RunView, key: string, related: readonly boolean[], seen: boolean): void {
    const { ending } = view.outcome;
    const trace = `${ending} ${traceOf(view, related, seen)}`;
    const what = `${cameTo(view)} ${key}`;
    const before = this.traces.get(trace);
    if (before !== undefined && before !== what) throw new Error(`one trace, two ends: ${before}, ${what}`);
    if (before !== undefined) this.again++;
    this.traces.set(trace, what);
    this.endings.add(ending);
    this.runs++;
  }
}

/** The same program with mutexes that outlive their owners, and semaphores that give back what the dead have taken. */
function robust(code: string, things: Program['things']): string {
  let text = code
    .replaceAll('mutex()', 'mutex({ robust: true })')
    .replaceAll("strength: 'barging' }", "strength: 'barging', undo: true }");
  for (const [i, { kind }] of things.entries()) {
    if (kind !== 'mutex') continue;
    text = text.replaceAll(`o${i}.lock();`, `o${i}.lock(); if (o${i}.ownerDied) o${i}.consistent();`);
  }
  return text;
}

/** Both ways to play a program. */
class Both {
  readonly #modelled = new Modelled(board);
  readonly #related: readonly boolean[];
  readonly #processes: number;

  readonly #problem: AnyProblem;
  readonly #deaths: Deaths;

  /**
   * @param related whether what one process tells comes before or after what others tell
   * @param kills how many processes may be killed
   * @param seen whether the specification is told of it
   */
  constructor({ things, processes }: Program, related: boolean, kills = 0, seen = false) {
    this.#related = [related];
    this.#processes = processes.length;
    this.#deaths = kills === 0 ? 'none' : seen ? 'seen' : 'unseen';
    const { specification } = workbench;
    this.#problem = {
      ...workbench,
      faults: { kills },
      specification: { ...specification, ...(seen && { whenKilled: () => {} }) },
    };
    const written = textOf({ things, processes });
    const code = kills === 0 ? written : robust(written, things);
    const text = twin(code.slice(code.indexOf('"use strict";') + 13, code.lastIndexOf('})')));
    if (typeof text !== 'string') throw new Error(`line ${text.line}: ${text.reason}`);
    board.data.fill(0, 0, 1024);
    // biome-ignore lint/security/noGlobalEval: it is the test's own program
    this.#modelled.load(this.#problem, globalThis.eval(text));
    this.#modelled.enter({ processes: this.#processes });
  }

  #play(strategy: Explorer | EverySchedule): RunView {
    const order = { mode: 'controlled', seed: 0, world: 0, strategy } as const;
    return this.#modelled.play(order, strategy as Explorer);
  }

  #judged(came: Came): (view: RunView) => void {
    const judge = judgeOf(this.#problem, { processes: this.#processes });
    return (view) => {
      const judgement = judge.judge(view);
      came.note(view, judgement ? keyOf(judgement) : '', this.#related, this.#deaths === 'seen');
    };
  }

  /** All schedules; undefined where there are too many. */
  every(most = MOST): Came | undefined {
    const came = new Came();
    const note = this.#judged(came);
    const strategy = new EverySchedule();
    do {
      if (came.runs === most) return undefined;
      note(this.#play(strategy));
    } while (strategy.advance());
    return came;
  }

  explored(): Came {
    const came = new Came();
    const note = this.#judged(came);
    const explorer = new Explorer(board, this.#processes, this.#related, false, this.#deaths);
    do {
      explorer.begin();
      const view = this.#play(explorer);
      explorer.finish();
      if (!explorer.isPruned) note(view);
    } while (explorer.advance());
    return came;
  }
}

/** The first thing in which the explorer and all schedules differ. */
function difference(all: Came, some: Came): string | undefined {
  if ([...all.endings].some(endsEarly)) {
    // A misuse ends the run of everybody: what others would still have done is not looked at. That it ends is.
    return [...some.endings].some(endsEarly) ? undefined : 'a run that ends early is not found';
  }
  for (const [trace, what] of all.traces) {
    if (!some.traces.has(trace)) return `of ${all.traces.size} traces this one is missing: ${trace}\n${what}`;
    if (some.traces.get(trace) !== what) return `${what} is what comes of ${trace}`;
  }
  if (some.traces.size > all.traces.size) return 'it plays what cannot be';
  return some.again > 0 ? `it plays ${some.again} traces again` : undefined;
}

describe('the explorer comes to all that any schedule comes to, each trace once,', () => {
  it.each([
    ['of programs of all primitives', undefined],
    ['of programs that look at what others change', ['atomicInt32', 'cell', 'array', 'event']],
    ['of programs that wait', ['semaphore', 'mutex', 'condition', 'rwlock', 'barrier', 'latch']],
    ['of programs that send messages', ['channel', 'mailbox', 'direct']],
  ] as const)('%s', (_, only) => {
    let looked = 0;
    let saved = 0;
    const some = programs({ processes: 3, things: 2, statements: 2 }, only);
    fc.assert(
      fc.property(some, fc.boolean(), (program, related) => {
        const both = new Both(program, related);
        const all = both.every();
        if (all === undefined) return;
        looked++;
        const explored = both.explored();
        saved += all.runs - explored.runs;
        expect(difference(all, explored)).toBeUndefined();
      }),
      { numRuns: 250 },
    );
    expect(looked).toBeGreaterThan(200);
    expect(saved).toBeGreaterThan(1_000);
  });
});

describe('where processes may be killed the explorer comes to all that any schedule comes to,', () => {
  it.each([
    ['of programs that look at what others change', ['atomicInt32', 'cell', 'array', 'event']],
    ['of programs with what outlives a death', ['semaphore', 'mutex', 'condition']],
    ['of programs that send messages', ['channel', 'direct']],
  ] as const)('%s', (_, only) => {
    let looked = 0;
    let saved = 0;
    const some = programs({ processes: 3, things: 2, statements: 2 }, only);
    fc.assert(
      fc.property(
        some,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(1, 2),
        (program, related, seen, kills) => {
          const both = new Both(program, related, kills, seen);
          const all = both.every(4_000);
          if (all === undefined) return;
          looked++;
          const explored = both.explored();
          saved += all.runs - explored.runs;
          expect(difference(all, explored)).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
    expect(looked).toBeGreaterThan(100);
    expect(saved).toBeGreaterThan(1_000);
  });
});
