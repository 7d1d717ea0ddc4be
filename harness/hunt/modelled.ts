// The hunt in the model: thousands of schedules of one case, played by coroutines and judged on the spot. It runs in
// the realm of student code, in a worker; what it finds counts only once real processes have confirmed it.

import { digest, orderDigest } from '../check/digest.ts';
import { executed, preemptions } from '../check/executed.ts';
import { type Judge, judgeOf } from '../check/judge.ts';
import { type Judgement, keyOf } from '../check/judgement.ts';
import type { RunView } from '../check/run-view.ts';
import { Explorer } from '../model/explorer.ts';
import { Player } from '../model/player.ts';
import { Unmodelled } from '../model/suspend.ts';
import { processesOf } from '../problem/case.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Program } from '../process/actor.ts';
import type { Board } from '../process/board.ts';
import { Run } from '../process/control.ts';
import { type Order, prepare } from '../process/order.ts';
import type { Modeller } from '../process/realm.ts';
import type { Profile } from '../schedule/profile.ts';
import { lenientReplay, replay } from '../schedule/replay.ts';
import type { Moves } from '../schedule/schedule.ts';
import { strategies } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { type BoardView, boardView } from './board-view.ts';
import { Draw, type Weights } from './draw.ts';
import { everyState } from './every-state.ts';
import { fewest } from './fewest.ts';
import { pilotOf } from './pilot.ts';
import type { Failure } from './session.ts';
import { shrink } from './shrink.ts';
import type { Stage } from './stage.ts';

/** So many schedules of the case that was entered. */
export interface ModelOrder {
  readonly what: 'hunt';
  readonly schedules: number;
  readonly seed: number;
  readonly mix: Weights;
  /** Only this finding counts. */
  readonly key?: string;
  /** A witness: the hunt ends where it is reached. */
  readonly until?: string;
  /** The first of them to be played; the others were played before. Default 0. */
  readonly from?: number;
}

export interface ModelResult {
  readonly schedules: number;
  readonly steps: number;
  /** Digests of the traces, blind to the order of independent steps. */
  readonly traces: readonly number[];
  /** For each witness that was reached, the first run that did. */
  readonly witnesses: readonly { sentence: string; world: number; moves: Moves }[];
  readonly failure?: Failure;
  readonly strategy?: string;
  /** The first run with a data race and no damage, and the strategy that found it. */
  readonly race?: { readonly failure: Failure; readonly strategy: string };
  /** The first schedule that is still to be played, where the time for one answer was up. */
  readonly next?: number;
  /** Why the solution cannot be modelled. */
  readonly unmodelled?: string;
}

/** Every run of the case that was entered, with one seed of the processes' own random numbers. */
export interface ProofOrder {
  readonly what: 'prove';
  /** Runs to be played at most. */
  readonly most: number;
  readonly world: number;
  /** Whether to go on after a run that fails, and count all that do. Default false. */
  readonly countFailures?: boolean;
}

export interface ProofResult {
  /** Whether all were played and none fails. */
  readonly proved: boolean;
  /** Runs that differ in more than the order of independent steps. */
  readonly traces: number;
  /** Different states, where the case was gone over by its states since there are too many runs. */
  readonly states?: number;
  /** Whether there were more runs than are played. */
  readonly isCut?: boolean;
  /** Of the traces, those that fail, races aside: one at most, unless all are counted. */
  readonly failures: number;
  /** All that were played, with those given up since they are like one before. */
  readonly runs: number;
  readonly steps: number;
  /** How much of the whole was played, from 0 to 1: a guess. */
  readonly progress: number;
  readonly witnesses: ModelResult['witnesses'];
  readonly failure?: Failure;
  readonly strategy?: string;
  readonly race?: NonNullable<ModelResult['race']>;
  readonly unmodelled?: string;
}

/** The simplest form of a failing run of the case that was entered. */
export interface ShrinkOrder {
  readonly what: 'shrink';
  readonly failure: Failure;
}

export interface ShrinkResult {
  readonly failure?: Failure;
  readonly unmodelled?: string;
}

/** Certain runs, to be held against those of processes. */
export interface RunsOrder {
  readonly what: 'runs';
  readonly runs: readonly { strategy: number; seed: number; world: number; moves?: Moves }[];
}

/** How a run ended, and the digest of its trace. */
export type RunDigest = { ending: number; by: number; steps: number; exact: number } | { unmodelled: string };

/** Steps after which a proof is given up: half a second or so. */
const PROOF_STEPS = 1_000_000;
/** Further steps, over the states of what was given up, or for fewer switches. */
const MORE_STEPS = 600_000;

/** Milliseconds after which an answer is given, finished or not: whoever takes much longer hangs. */
const SLICE = 1_000;

export class Modelled implements Modeller {
  readonly player: Player;
  readonly #board: Board;
  #problem!: AnyProblem;
  #judge!: Judge;
  #view!: BoardView;
  #processes = 0;
  #case: Case = {};
  /** What the first run of the case has told about the others. */
  #profile: Profile | undefined;

  constructor(board: Board) {
    this.#board = board;
    this.player = new Player(board);
  }

  load(problem: AnyProblem, twin: Program): void {
    this.#problem = problem;
    this.player.load(problem, twin);
  }

  enter(c: Case): void {
    this.#processes = processesOf(this.#problem, c);
    this.player.enter(c, this.#processes);
    this.#case = c;
    this.#profile = undefined;
    this.#judge = judgeOf(this.#problem, c);
    this.#view = boardView(this.#board, this.#processes);
  }

  answer(order: ModelOrder | ProofOrder | ShrinkOrder | RunsOrder): unknown {
    switch (order.what) {
      case 'hunt':
        return this.hunt(order);
      case 'prove':
        return this.prove(order);
      case 'shrink':
        return this.shrink(order.failure);
      case 'runs':
        return order.runs.map((run) => this.#digest(run));
    }
  }

  /** The simplest form of `failure` that is found. */
  shrink(failure: Failure): ShrinkResult {
    const { world } = failure;
    const order = { mode: 'controlled', seed: 0, world, strategy: lenientReplay } as const;
    const play = (moves: Moves): ReturnType<Parameters<typeof shrink>[2]> => {
      const view = this.play({ ...order, moves });
      const judgement = this.#judge.judge(view);
      return { failure: judgement && failureIn(view, judgement, world), steps: view.outcome.steps };
    };
    try {
      return { failure: shrink(failure, this.#processes, play) };
    } catch (e) {
      if (e instanceof Unmodelled) return { unmodelled: e.message };
      throw e;
    }
  }

  #digest({ strategy, ...run }: RunsOrder['runs'][number]): RunDigest {
    try {
      const view = this.play({ mode: 'controlled', strategy: strategies[strategy], ...run });
      return { ...view.outcome, exact: digest(view).exact };
    } catch (e) {
      if (e instanceof Unmodelled) return { unmodelled: e.message };
      throw e;
    }
  }

  random(): number {
    return this.player.random();
  }

  now(): number {
    return this.player.now();
  }

  looked(at: string): void {
    this.player.looked(at);
  }

  /** Plays one run. Its view is valid until the next one. Throws Unmodelled. */
  play(order: Order, explorer?: Strategy): RunView {
    const { control, strategy } = this.#board;
    prepare(control, strategy, order, this.#processes, this.#problem.memory === 'tso');
    if (explorer !== undefined) control[Run.STRATEGY_BOUND] = control[Run.STEP_BOUND];
    this.player.play(explorer);
    this.#view.objects = this.player.objects;
    this.#view.look();
    return this.#view;
  }

  /**
   * Plays every run of the case that differs from the others, until one fails or `most` were played; then its states,
   * if runs are too many. What fails is handed on with the fewest preemptive switches that can be found soon.
   */
  prove(order: ProofOrder): ProofResult {
    const { now } = this.#board.host;
    const until = now() + 2 * SLICE;
    const explored = this.#everyRun(order, until);
    if (order.countFailures) return explored;
    const isOver = (steps: number): boolean => steps > MORE_STEPS || now() > until;
    try {
      if (explored.failure !== undefined) return this.#withFewest(explored, order.world, isOver);
      return explored.isCut ? this.#everyState(explored, order, isOver) : explored;
    } catch (e) {
      if (e instanceof Unmodelled) return { ...explored, unmodelled: e.message };
      throw e;
    }
  }

  #stage(world: number): Stage {
    const order = { mode: 'controlled', seed: 0, world } as const;
    return {
      board: this.#board,
      player: this.player,
      problem: this.#problem,
      case: this.#case,
      processes: this.#processes,
      related: relatedEvents(this.#problem),
      play: (strategy) => this.play({ ...order, strategy }, strategy),
      judge: (view) => this.#judge.judge(view),
      finish: (moves) => {
        const view = this.play({ ...order, strategy: replay, moves });
        const judgement = this.#judge.judge(view);
        return judgement && { view, judgement };
      },
    };
  }

  #withFewest(explored: ProofResult, world: number, isOver: (steps: number) => boolean): ProofResult {
    const { switches } = explored.failure as Failure;
    const found = fewest(this.#stage(world), switches, isOver);
    return found ? { ...explored, failure: failureIn(found.view, found.judgement, world) } : explored;
  }

  #everyState(
    explored: ProofResult,
    { most, world }: ProofOrder,
    isOver: (steps: number) => boolean,
  ): ProofResult {
    if (explored.runs >= most || explored.race || this.#problem.memory === 'tso') return explored;
    const witnesses = new Witnesses(this.#judge);
    const stage = this.#stage(world);
    const { failed, ...played } = everyState(stage, (view) => witnesses.note(view, world), isOver);
    const both: ProofResult = {
      ...explored,
      proved: played.proved,
      states: played.states,
      runs: explored.runs + played.runs,
      steps: explored.steps + played.steps,
      witnesses: [...explored.witnesses, ...witnesses.reached],
    };
    if (failed === undefined) return both;
    const failure = failureIn(failed.view, failed.judgement, world);
    return this.#withFewest({ ...both, failures: 1, failure, strategy: 'exhaustive' }, world, isOver);
  }

  #everyRun({ most, world, countFailures = false }: ProofOrder, until: number): ProofResult {
    const { now } = this.#board.host;
    const explorer = new Explorer(
      this.#board,
      this.#processes,
      relatedEvents(this.#problem),
      this.#problem.memory === 'tso',
    );
    const witnesses = new Witnesses(this.#judge);
    let runs = 0;
    let steps = 0;
    let traces = 0;
    let failures = 0;
    let failed: Pick<ProofResult, 'failure' | 'strategy'> = {};
    let race: ModelResult['race'];
    const so = (): Omit<ProofResult, 'proved'> => ({
      traces,
      failures,
      ...failed,
      runs,
      steps,
      witnesses: witnesses.reached,
      progress: explorer.progress,
      ...(race && { race }),
    });
    const order: Order = { mode: 'controlled', seed: 0, world, strategy: explorer };
    try {
      do {
        if (runs === most) return { ...so(), proved: false };
        explorer.begin();
        const view = this.play(order, explorer);
        explorer.finish();
        runs++;
        // The steps are what counts; the clock only sees to it that an answer comes at all.
        if (steps > PROOF_STEPS || now() > until) return { ...so(), proved: false, isCut: true };
        steps += view.outcome.steps;
        const { asksTime, drewLots } = this.player;
        if (explorer.isTooLong || asksTime || drewLots) return { ...so(), proved: false };
        if (explorer.isPruned) continue;
        traces++;
        const judgement = this.#judge.judge(view);
        witnesses.note(view, world);
        if (judgement === undefined) continue;
        const failure = failureIn(view, judgement, world);
        if (judgement.kind === 'race') {
          race ??= { failure, strategy: explorer.name };
          continue;
        }
        if (failures++ === 0) failed = { failure, strategy: explorer.name };
        if (!countFailures) return { ...so(), proved: false };
      } while (explorer.advance());
    } catch (e) {
      if (e instanceof Unmodelled) return { ...so(), proved: false, unmodelled: e.message };
      throw e;
    }
    return { ...so(), proved: race === undefined && failures === 0 };
  }

  /** Plays schedules until one fails. */
  hunt({ schedules, seed, mix, key, until: wanted, from = 0 }: ModelOrder): ModelResult {
    const { now } = this.#board.host;
    const until = now() + SLICE;
    const traces = new Set<number>();
    const draw = new Draw(mix, seed);
    let steps = 0;
    let length = 0;
    let number = from;
    const witnesses = new Witnesses(this.#judge);
    let race: ModelResult['race'];
    const so = (): ModelResult => ({
      schedules: number - from,
      steps,
      traces: [...traces],
      witnesses: witnesses.reached,
      ...(race && { race }),
    });
    for (; number < schedules; number++) {
      if (now() > until) return { ...so(), next: number };
      const { strategy, seed, world } = draw.to(number);
      let view: RunView;
      try {
        view = this.play({ mode: 'controlled', seed, world, strategy, length, profile: this.#profile });
        this.#profile ??= pilotOf(this.#problem, this.#case, view);
      } catch (e) {
        if (e instanceof Unmodelled) return { ...so(), unmodelled: e.message };
        throw e;
      }
      steps += view.outcome.steps;
      length = Math.max(length, view.outcome.steps);
      traces.add(orderDigest(view));
      const judgement = this.#judge.judge(view);
      witnesses.note(view, world);
      if (judgement === undefined || (key !== undefined && keyOf(judgement) !== key)) {
        if (wanted === undefined || !this.#judge.specification.seen.has(wanted)) continue;
        number++;
        return so();
      }
      const failure = failureIn(view, judgement, world);
      if (judgement.kind === 'race' && key === undefined) {
        race ??= { failure, strategy: strategy.name };
        continue;
      }
      number++;
      return { ...so(), strategy: strategy.name, failure };
    }
    return so();
  }
}

/** For each event of the problem, whether its place among the events of others matters to a judge. */
function relatedEvents({ specification }: AnyProblem): boolean[] {
  const { events, linearizable } = specification;
  const timed = Object.values(linearizable?.operations ?? {}).flatMap((o) => [o.called, o.returned]);
  return Object.entries(events).map(
    ([name, { rules, then }]) => rules !== undefined || then !== undefined || timed.includes(name),
  );
}

const failureIn = (view: RunView, judgement: Judgement, world: number): Failure => ({
  key: keyOf(judgement),
  world,
  moves: executed(view),
  switches: preemptions(view),
  steps: view.outcome.steps,
  exact: digest(view).exact,
});

/** For each witness that is reached, the first run that does. */
class Witnesses {
  readonly reached: ModelResult['witnesses'][number][] = [];
  readonly #seen: ReadonlySet<string>;
  readonly #known: Set<string>;

  constructor(judge: Judge) {
    this.#seen = judge.specification.seen;
    this.#known = new Set(this.#seen);
  }

  note(view: RunView, world: number): void {
    if (this.#seen.size === this.#known.size) return;
    for (const sentence of this.#seen) {
      if (this.#known.has(sentence)) continue;
      this.#known.add(sentence);
      this.reached.push({ sentence, world, moves: executed(view) });
    }
  }
}
