import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeOf } from '../../harness/check/judge.ts';
import { keyOf } from '../../harness/check/judgement.ts';
import type { RunView } from '../../harness/check/run-view.ts';
import { Modelled } from '../../harness/hunt/modelled.ts';
import { Holder } from '../../harness/model/holder.ts';
import { StateSearch } from '../../harness/model/state-search.ts';
import { Unmodelled } from '../../harness/model/suspend.ts';
import { WorldState } from '../../harness/model/world-state.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { twin } from '../../harness/problem/twin.ts';
import { boardAlone } from '../../harness/process/board.ts';
import { Ending } from '../../harness/process/control.ts';
import { endless, onEndless } from '../../harness/process/ticks.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { HEAD } from '../../harness/shared/operation.ts';
import { EverySchedule } from './every-schedule.ts';
import { looping, problems, remembering, textOf } from './looping.ts';

const board = boardAlone();
onEndless(() => {
  throw endless;
});
const PROCESSES = 2;
/** Programs with more runs than this are not looked at. */
const MOST = 2_000;
/** And those that do not come to an end after so many steps are not, either. */
const LONGEST = 60;

/** What all runs of a program come to. */
interface Came {
  readonly ends: Set<string>;
  readonly verdicts: Set<string>;
  runs: number;
  early: boolean;
  states: number;
}

/** How a run ended, and what is left in memory. Tickets count as such. */
function cameTo({ outcome, objects, data }: RunView): string {
  const words = [...data.slice(0, Math.max(...objects.map(({ at }) => at)) + 16)];
  for (const { kind, at } of objects) {
    if (kind !== 'condition') continue;
    words[at + HEAD + 1] = 0;
    for (let p = 0; p < PROCESSES; p++) if (words[at + HEAD + 2 + p] > 0) words[at + HEAD + 2 + p] = 1;
  }
  return JSON.stringify([outcome.ending, words]);
}

class Searched {
  readonly modelled = new Modelled(board);
  readonly #problem: AnyProblem;

  constructor(source: string, problem: AnyProblem, change = (text: string) => text) {
    this.#problem = problem;
    const written = twin(source);
    if (typeof written !== 'string') throw new Error(`line ${written.line}: ${written.reason}`);
    const text = change(written);
    board.data.fill(0, 0, 1024);
    // biome-ignore lint/security/noGlobalEval: it is the test's own program
    this.modelled.load(problem, globalThis.eval(text));
    this.modelled.enter({ processes: PROCESSES });
  }

  #all(strategy: Strategy & { advance(): boolean; isPruned?: boolean; finish?(): void }, most: number) {
    const judge = judgeOf(this.#problem, { processes: PROCESSES });
    const came: Came = { ends: new Set(), verdicts: new Set(), runs: 0, early: false, states: 0 };
    do {
      if (came.runs++ === most) return undefined;
      const view = this.modelled.play({ mode: 'controlled', seed: 0, world: 0, strategy }, strategy, LONGEST);
      const { ending } = view.outcome;
      if (ending === Ending.BOUND || ending === Ending.ENDLESS) return undefined;
      strategy.finish?.();
      const judgement = judge.judge(view);
      if (judgement !== undefined) came.verdicts.add(keyOf(judgement));
      if (strategy.isPruned) continue;
      came.early ||= ending !== Ending.FINISHED && ending !== Ending.DEADLOCK;
      came.ends.add(cameTo(view));
    } while (strategy.advance());
    return came;
  }

  every(): Came | undefined {
    return this.#all(new EverySchedule(), MOST);
  }

  /** All states, as far as `holders` know them; undefined where the search says that it proves nothing. */
  states(holders: readonly Holder[], most = 10 * MOST): Came | undefined {
    const { player } = this.modelled;
    player.holds = holders.length > 0;
    const related = Object.values(this.#problem.specification.events).map((e) => e.then !== undefined);
    const world = new WorldState(this.#problem, { processes: PROCESSES });
    const search = new StateSearch(board, player, PROCESSES, related, world, false, { holders });
    try {
      const came = this.#all(search, most);
      this.givenUp = search.givenUp;
      return came && search.givenUp === undefined ? { ...came, states: search.states } : undefined;
    } finally {
      player.holds = false;
    }
  }
  givenUp: StateSearch['givenUp'];
}

/** The first thing in which two searches differ. */
function difference(all: Came, some: Came): string | undefined {
  if (all.early) return some.verdicts.size > 0 ? undefined : 'a run that ends early is not found';
  for (const end of all.ends) if (!some.ends.has(end)) return `of ${all.ends.size} ends ${end} is missing`;
  for (const verdict of all.verdicts) if (!some.verdicts.has(verdict)) return `no run is called ${verdict}`;
  if (some.verdicts.size > all.verdicts.size) return 'it says what no run says';
  return some.ends.size > all.ends.size ? 'it comes to what cannot be' : undefined;
}

const problem = fc.constantFrom(...problems);

describe('a search by what roles hold comes to every end and verdict', () => {
  it('that any schedule of a program with loops comes to', () => {
    let looked = 0;
    fc.assert(
      fc.property(looping, problem, (source, problem) => {
        const searched = new Searched(source, problem);
        const all = searched.every();
        const held = all && searched.states(searched.modelled.player.holders);
        if (!all || !held) return;
        looked++;
        expect(difference(all, held)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
    expect(looked).toBeGreaterThan(60);
  });

  it('that the search by what roles were told comes to, in fewer states', () => {
    let told = 0;
    let fewer = 0;
    fc.assert(
      fc.property(looping, problem, (source, problem) => {
        const searched = new Searched(source, problem);
        const all = searched.states([], 3_000);
        const held = all && searched.states(searched.modelled.player.holders);
        if (!all || !held) return;
        told += all.states;
        fewer += held.states;
        expect(held.states).toBeLessThanOrEqual(all.states);
        expect(difference(all, held)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
    expect(fewer).toBeLessThan(0.97 * told);
  });
});

it('telling moments changes nothing of what roles do', () => {
  let told = 0;
  const without = (text: string): string => {
    const silent = text.replace(/\$\w+\.holder\?\.(moment|given)\([^()]*\)[;,]/g, '');
    if (silent !== text) told++;
    expect(silent).not.toContain('holder');
    return silent;
  };
  fc.assert(
    fc.property(looping, problem, (source, problem) => {
      const all = new Searched(source, problem).every();
      expect(new Searched(source, problem, without).every()).toEqual(all);
    }),
    { numRuns: 50 },
  );
  expect(told).toBeGreaterThan(30);
});

describe('what a role holds is not all that it is told:', () => {
  const states = (source: string): [number, number] => {
    const searched = new Searched(source, problems[2]);
    const told = searched.states([]);
    return [told?.states ?? 0, searched.states(searched.modelled.player.holders)?.states ?? 0];
  };
  it('values that are read and forgotten leave nothing behind', () => {
    const [told, held] = states(
      textOf(['c.value++; c.value++; c.value++;', 'n.load(); x = c.value; x = 0; n.load();']),
    );
    expect(held).toBeLessThan(told);
  });
});

describe('a role that waits by looking', () => {
  it.each(['while (c.value === 0);', 'while (c.value === 0) me.think();', 'for (;;) x = c.value;'])(
    'is a circle: %s',
    (waits) => {
      const searched = new Searched(textOf(['c.value = 1;', waits]), problems[2]);
      expect(searched.states(searched.modelled.player.holders)).toBeUndefined();
      expect(searched.givenUp).toBe('circle');
    },
  );
});

describe('what could change unseen is not modelled where it matters:', () => {
  it.each([
    'me.list.push(1);',
    'more.pop();',
    'me.number = 3;',
    'delete me.flip;',
    'try { me.list.length = 0; } catch {}',
    'more.splice(0, 1);',
    'me.flip.by = 1;',
  ])('%s', (changes) => {
    const searched = new Searched(textOf([changes, '']), problems[2]);
    expect(searched.states([])).toBeDefined();
    expect(() => searched.states(searched.modelled.player.holders)).toThrow(Unmodelled);
  });
});

/** The first process asks its `me` once or twice, and its variables do not tell; what it is answered last does. */
const asking = textOf([
  'if (c.value === 0) y = me.flip(); n.load(); y = 0; n.load(); n.load(); x = me.flip(); more[0].value = x + 5;',
  'c.value = 1;',
]);
/** The first process counts or not, in a variable; what it has counted to it tells. */
const counting = (variable: 'x' | 'y'): string =>
  textOf([
    `if (c.value === 0) ${variable} = 1; n.load(); n.load(); more[0].value = ${variable} + 5;`,
    'c.value = 1;',
  ]);

/** Where what roles hold is known wrongly, and a program that shows it. Default: some program does. */
const broken: readonly [string, (real: Holder) => Partial<Holder>, string?, AnyProblem['me']?][] = [
  ['forgets the variables', (real) => ({ moment: (place) => real.moment(place) })],
  [
    'forgets the first variable',
    (real) => ({ moment: (place, _x, ...more) => real.moment(place, ...more) }),
    counting('x'),
  ],
  [
    'forgets the last variable',
    (real) => ({ moment: (place, ...all) => real.moment(place, ...all.slice(0, -1)) }),
    counting('y'),
  ],
  ['takes all places for one', (real) => ({ moment: (_place, ...all) => real.moment(0, ...all) })],
  ['is a step too early', (real) => ({ after: (taken) => real.after(taken + 1) })],
  [
    'takes what was a number for a truth',
    (real) => ({ moment: (n, ...all) => real.moment(n, ...all.map(Boolean)) }),
  ],
  ['believes a `me` that lies', () => ({}), asking, remembering(() => () => [])],
];

describe('a search is found out whose holder', () => {
  it.each(broken)('%s', (_, spoiled, shows, me) => {
    const { failed } = fc.check(
      fc.property(shows ? fc.constant(shows) : looping, problem, (source, problem) => {
        const searched = new Searched(source, me ? { ...problem, me } : problem);
        const all = searched.states([], 3_000);
        const { holders } = searched.modelled.player;
        for (const holder of holders) {
          const real = Object.create(null) as Holder;
          real.moment = (...given) => Holder.prototype.moment.apply(holder, given);
          real.after = (taken) => Holder.prototype.after.call(holder, taken);
          Object.assign(holder, spoiled(real));
        }
        const held = all && searched.states(holders);
        if (all && held) expect(difference(all, held)).toBeUndefined();
      }),
      { numRuns: shows ? 1 : 2_000, endOnFailure: true },
    );
    expect(failed).toBe(true);
  });
});
