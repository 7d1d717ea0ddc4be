import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executed, preemptions } from '../../harness/check/executed.ts';
import { judgeOf } from '../../harness/check/judge.ts';
import { type Judgement, keyOf } from '../../harness/check/judgement.ts';
import type { RunView } from '../../harness/check/run-view.ts';
import { Modelled } from '../../harness/hunt/modelled.ts';
import { Commuting } from '../../harness/model/commuting.ts';
import { FewestSwitches } from '../../harness/model/fewest-switches.ts';
import { Fingerprint } from '../../harness/model/fingerprint.ts';
import { Protection } from '../../harness/model/protection.ts';
import { type Parts, StateSearch } from '../../harness/model/state-search.ts';
import { Visited } from '../../harness/model/visited.ts';
import { WorldState } from '../../harness/model/world-state.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { twin } from '../../harness/problem/twin.ts';
import { type Board, boardAlone } from '../../harness/process/board.ts';
import { Ending, RECORD_WORDS } from '../../harness/process/control.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { replay } from '../../harness/schedule/replay.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { HEAD } from '../../harness/shared/operation.ts';
import { operations, plainOperations } from '../../harness/sync/operations.ts';
import { type Program, programs, type Thing, textOf } from '../laws/program.ts';
import { TOLD, workbench } from '../workbench.ts';
import { EverySchedule } from './every-schedule.ts';

const board = boardAlone();

/** Programs with more schedules than this are not looked at. */
const MOST = 1_500;

/** A workbench that minds: what is told must not sink by more than so much, whoever tells it. */
const minding = {
  ...workbench,
  specification: {
    start: () => ({ last: 0, told: 0 }),
    events: {
      told: {
        says: 'tells',
        rules: {
          'nobody tells less than was told before': (s: { last: number }, e: { value: number }) =>
            e.value >= s.last - TOLD,
        },
        then: (s: { last: number; told: number }, e: { value: number }) => {
          s.last = e.value;
          s.told++;
        },
      },
    },
    ends: { 'what is told last is not one': (s: { last: number }) => s.last !== TOLD },
  },
} as unknown as AnyProblem;
/** A workbench whose verdict tells the order of all that was told. */
const remembering = {
  ...minding,
  specification: {
    start: () => ({ all: 0 }),
    events: {
      told: {
        says: 'tells',
        then: (s: { all: number }, e: { value: number; process: number }) => {
          s.all = (s.all * 7 + e.value * 3 + e.process + 1) % 1009;
        },
      },
    },
    ends: Object.fromEntries(
      Array.from({ length: 1009 }, (_, n) => [`not ${n}`, (s: { all: number }) => s.all !== n]),
    ),
  },
} as unknown as AnyProblem;
/** A workbench that minds who speaks between: that takes a switch. */
const polite = {
  ...minding,
  specification: {
    start: () => ({ now: -1, before: [] as number[] }),
    events: {
      told: {
        says: 'tells',
        rules: {
          'nobody speaks again after another one': (s: { before: number[] }, e: { process: number }) =>
            !s.before.includes(e.process),
        },
        then: (s: { now: number; before: number[] }, e: { process: number }) => {
          if (s.now >= 0 && s.now !== e.process && !s.before.includes(s.now)) s.before.push(s.now);
          s.now = e.process;
        },
      },
    },
  },
} as unknown as AnyProblem;
/** A workbench that minds if less is told than somebody else has told before. */
const sinking = {
  ...minding,
  races: 'allowed',
  specification: {
    start: () => ({ most: 0, by: -1 }),
    events: {
      told: {
        says: 'tells',
        rules: {
          'nobody tells less than another one before': (
            s: { most: number; by: number },
            e: { value: number; process: number },
          ) => e.value >= s.most || e.process === s.by,
        },
        then: (s: { most: number; by: number }, e: { value: number; process: number }) => {
          if (e.value <= s.most) return;
          s.most = e.value;
          s.by = e.process;
        },
      },
    },
  },
} as unknown as AnyProblem;
const indifferent = { ...workbench, races: 'allowed' } as AnyProblem;

/** What a run came to, as far as its processes, the memory and the judges can tell. Tickets count as such. */
function cameTo({ trace, doubles, processes, outcome, objects, data }: RunView): string {
  const told: unknown[][] = Array.from({ length: 2 * processes }, () => []);
  for (let at = 0; at < outcome.steps * RECORD_WORDS; at += RECORD_WORDS) {
    const code = trace[at + Field.OPERATION];
    const read = code === plainOperations.read.code ? String(doubles[(at + Field.BEFORE) >> 1]) : '';
    const answers = /^(try|timed|add|load|exchange|compare|value|isSet)/.test(operations[code].name);
    told[trace[at + Field.PROCESS]].push([
      ...[Field.OPERATION, Field.OBJECT, Field.INDEX, Field.ARGUMENT].map((f) => trace[at + f]),
      answers ? trace[at + Field.RESULT] : read,
    ]);
  }
  const words = [...data.slice(0, Math.max(...objects.map(({ at }) => at)) + 16)];
  for (const { kind, at } of objects) {
    if (!['condition', 'semaphore', 'channel', 'mailbox', 'direct'].includes(kind)) continue;
    words[at + HEAD + 1] = 0;
    for (let p = 0; p < processes; p++) if (words[at + HEAD + 2 + p] > 0) words[at + HEAD + 2 + p] = 1;
  }
  return JSON.stringify([outcome.ending, told, words]);
}

/** What all runs of a program come to. */
interface Came {
  readonly ends: Set<string>;
  /** Verdicts, and for those that are no race the fewest switches that lead to one. */
  readonly verdicts: Set<string>;
  fewest: number;
  runs: number;
  early: boolean;
  /** Where states were counted. */
  states?: number;
}

class Searched {
  readonly #modelled = new Modelled(board);
  readonly #problem: AnyProblem;
  readonly #processes: number;
  readonly #judge: (view: RunView) => Judgement | undefined;

  constructor({ things, processes }: Program, problem: AnyProblem) {
    this.#problem = problem;
    this.#processes = processes.length;
    const code = textOf({ things, processes });
    const text = twin(code.slice(code.indexOf('"use strict";') + 13, code.lastIndexOf('})')));
    if (typeof text !== 'string') throw new Error(`line ${text.line}: ${text.reason}`);
    board.data.fill(0, 0, 1024);
    // biome-ignore lint/security/noGlobalEval: it is the test's own program
    this.#modelled.load(problem, globalThis.eval(text));
    this.#modelled.enter({ processes: this.#processes });
    const judge = judgeOf(problem, { processes: this.#processes });
    this.#judge = (view) => judge.judge(view);
  }

  get #related(): readonly boolean[] {
    return Object.values(this.#problem.specification.events).map((e) => e.then !== undefined);
  }

  #play(strategy: Strategy): RunView {
    return this.#modelled.play({ mode: 'controlled', seed: 0, world: 0, strategy }, strategy as never);
  }

  #note(came: Came, view: RunView, isWhole = true): void {
    came.runs++;
    const judgement = this.#judge(view);
    if (judgement !== undefined) came.verdicts.add(keyOf(judgement));
    if (judgement !== undefined && judgement.kind !== 'race')
      came.fewest = Math.min(came.fewest, preemptions(view));
    if (!isWhole) return;
    const { ending } = view.outcome;
    came.early ||= ending !== Ending.FINISHED && ending !== Ending.DEADLOCK;
    came.ends.add(cameTo(view));
  }

  #nothing(): Came {
    return { ends: new Set(), verdicts: new Set(), fewest: Number.POSITIVE_INFINITY, runs: 0, early: false };
  }

  /** All schedules; undefined where there are too many. */
  every(): Came | undefined {
    const came = this.#nothing();
    const strategy = new EverySchedule();
    do {
      if (came.runs === MOST) return undefined;
      this.#note(came, this.#play(strategy));
    } while (strategy.advance());
    return came;
  }

  /** All states; undefined where the search says that it proves nothing. */
  states(parts?: Partial<Parts>, world = new WorldState(this.#problem, { processes: this.#processes })) {
    const came = this.#nothing();
    const races = this.#problem.races !== 'allowed';
    const { player } = this.#modelled;
    const search = new StateSearch(board, player, this.#processes, this.#related, world, races, parts);
    do {
      const view = this.#play(search);
      search.finish();
      this.#note(came, view, !search.isPruned);
    } while (search.advance());
    return search.givenUp === undefined ? { ...came, states: search.states } : undefined;
  }

  /** Switches of the first run that fails; Infinity where none does. */
  fewest(): number {
    const world = new WorldState(this.#problem, { processes: this.#processes });
    const { player } = this.#modelled;
    const buffered = this.#problem.memory === 'tso';
    const search = new FewestSwitches(board, player, this.#processes, this.#related, world, buffered);
    do {
      let view = this.#play(search);
      search.finish();
      const judgement = this.#judge(view);
      if (judgement === undefined || judgement.kind === 'race') continue;
      if (search.isPruned) {
        const moves = executed(view);
        view = this.#modelled.play({ mode: 'controlled', seed: 0, world: 0, strategy: replay, moves });
      }
      expect(this.#judge(view)).toMatchObject({ kind: judgement.kind });
      expect(preemptions(view)).toBe(search.switches);
      return search.switches;
    } while (search.advance());
    expect(search.isLost).toBe(false);
    return Number.POSITIVE_INFINITY;
  }
}

/** The first thing in which the states and all schedules differ. */
function difference(all: Came, some: Came): string | undefined {
  if (all.early) return some.verdicts.size > 0 ? undefined : 'a run that ends early is not found';
  for (const end of all.ends) if (!some.ends.has(end)) return `of ${all.ends.size} ends ${end} is missing`;
  // A rule that was broken hides what comes after it, from whoever comes to the same state without breaking it too.
  const broken = [...all.verdicts].filter((verdict) => verdict.startsWith('unsafe'));
  for (const verdict of broken.length > 0 ? broken : all.verdicts)
    if (!some.verdicts.has(verdict)) return `no run is called ${verdict}`;
  return some.ends.size > all.ends.size ? 'it comes to what cannot be' : undefined;
}

const kinds = [
  ['of all primitives', undefined],
  ['that look at what others change', ['atomicInt32', 'cell', 'array', 'event']],
  ['that wait', ['semaphore', 'mutex', 'condition', 'rwlock', 'barrier', 'latch', 'cell']],
  ['that send messages', ['channel', 'mailbox', 'direct']],
] as const;
const some = (only?: readonly Thing['kind'][]) => programs({ processes: 3, things: 2, statements: 2 }, only);

describe('the search of states comes to every end and every verdict that any schedule comes to,', () => {
  it.each(kinds)('in programs %s', (_, only) => {
    let looked = 0;
    let saved = 0;
    fc.assert(
      fc.property(
        some(only),
        fc.constantFrom(minding, remembering, indifferent, workbench),
        (program, problem) => {
          const searched = new Searched(program, problem);
          const all = searched.every();
          const states = all && searched.states();
          if (all === undefined || states === undefined) return;
          looked++;
          saved += all.runs - states.runs;
          expect(difference(all, states)).toBeUndefined();
        },
      ),
      { numRuns: 150 },
    );
    expect(looked).toBeGreaterThan(60);
    expect(saved).toBeGreaterThan(200);
  });
});

describe('the search of states visits each once:', () => {
  const waits = (processes: number, times: number): Program => ({
    things: [{ kind: 'semaphore', initial: processes * times, strength: 'barging' }],
    processes: Array.from({ length: processes }, () =>
      Array.from({ length: times }, () => ({ thing: 0, call: 'wait', given: [] })),
    ),
  });
  it.each([
    [2, 1],
    [2, 2],
    [2, 9],
    [3, 4],
    [4, 3],
    [5, 2],
  ])('%i processes that wait %i times each', (processes, times) => {
    // As many as there are ways to stand somewhere, all at their ends left out: nobody asks there who moves.
    const searched = new Searched(waits(processes, times), indifferent);
    expect(searched.states()?.states).toBe((times + 1) ** processes - 1);
  });
});

describe('with the fewest switches first, the first run that fails has as few as any that fails,', () => {
  const buffered = { ...sinking, memory: 'tso' } as AnyProblem;
  it.each<[string, fc.Arbitrary<Program>, readonly AnyProblem[]]>([
    ...kinds.map(([of, only]) => [`in programs ${of}`, some(only), [minding, polite, indifferent]] as never),
    ['under total store order', programs({ processes: 2, things: 2, statements: 2 }, ['cell']), [buffered]],
  ])('%s', (_, drawn, problems) => {
    let failing = 0;
    let preemptive = 0;
    fc.assert(
      fc.property(drawn, fc.constantFrom(...problems), (program, problem) => {
        const searched = new Searched(program, problem);
        const all = searched.every();
        if (all === undefined) return;
        if (all.fewest < Number.POSITIVE_INFINITY) failing++;
        if (all.fewest > 0 && all.fewest < Number.POSITIVE_INFINITY) preemptive++;
        expect(searched.fewest()).toBe(all.fewest);
      }),
      // Few programs fail only where somebody is preempted: drawn anew each time, some day none would.
      { numRuns: 150, seed: 7 },
    );
    expect(failing).toBeGreaterThan(10);
    expect(preemptive).toBeGreaterThan(0);
  });
});

/** Takes states for one whose numbers are alike in some bits. */
class Shortsighted extends Visited {
  override add(a: number, _b: number): boolean {
    return super.add(a & 0x1f, 1);
  }
}
/** Calls everything protected. */
class Trusting extends Protection {
  override relyOn(): boolean {
    return true;
  }
}
/** Lets everybody who does something with a lock go first. */
class Hasty extends Commuting {
  override relyOn(): boolean {
    return true;
  }
}
/** Believes for ever what it has seen once. */
class Stubborn extends Commuting {
  override isRefuted = false;
  override took(board: Board, step: number): void {
    super.took(board, step);
    this.isRefuted = false;
  }
}
/** Forgets what has happened. */
class Oblivious extends WorldState {
  readonly #same = new Fingerprint();
  override print(): Fingerprint {
    return this.#same;
  }
}

/** Two processes of which each tells something three times. */
const telling: Program = {
  things: [{ kind: 'atomicInt32', initial: 0 }],
  processes: [0, 1].map(() => [0, 1, 2].map(() => ({ thing: 0, call: 'load', given: [] }))),
};

describe('a search is found out', () => {
  it.each<[string, fc.Arbitrary<Program>, AnyProblem, () => [Partial<Parts>, WorldState?]]>([
    [
      'that takes one state for another',
      some(['atomicInt32', 'cell', 'semaphore']),
      indifferent,
      () => [{ visited: new Shortsighted() }],
    ],
    [
      'that calls everything protected',
      some(['atomicInt32', 'cell', 'semaphore']),
      indifferent,
      () => [{ protection: new Trusting() }],
    ],
    [
      'that lets whoever has a lock go first, whatever others do',
      some(['mutex', 'semaphore', 'condition']),
      indifferent,
      () => [{ commuting: new Hasty() }],
    ],
    [
      'that believes for ever that nobody asks',
      some(['mutex', 'semaphore', 'condition']),
      indifferent,
      () => [{ commuting: new Stubborn() }],
    ],
    [
      'that forgets the events',
      fc.constant(telling),
      remembering,
      () => [{}, new Oblivious(remembering, { processes: 2 })],
    ],
  ])('%s', (_, drawn, problem, broken) => {
    const { failed } = fc.check(
      fc.property(drawn, (program) => {
        const searched = new Searched(program, problem);
        const all = searched.every();
        const states = all && searched.states(...broken());
        expect(all && states && difference(all, states)).toBeUndefined();
      }),
      { numRuns: 400, endOnFailure: true },
    );
    expect(failed).toBe(true);
  });
});
