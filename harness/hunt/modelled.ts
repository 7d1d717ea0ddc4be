// The hunt in the model: thousands of schedules of one case, played by coroutines and judged on the spot. It runs in
// the realm of student code, in a worker; what it finds counts only once real processes have confirmed it.

import { digest, orderDigest } from '../check/digest.ts';
import { type Judge, judgeOf } from '../check/judge.ts';
import { keyOf } from '../check/judgement.ts';
import type { RunView } from '../check/run-view.ts';
import { Player } from '../model/player.ts';
import { Unmodelled } from '../model/suspend.ts';
import { processesOf } from '../problem/case.ts';
import { type CaseFaults, faultsOf } from '../problem/faults.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Program } from '../process/actor.ts';
import type { Board } from '../process/board.ts';
import { Run } from '../process/control.ts';
import { type Order, prepare } from '../process/order.ts';
import type { Modeller } from '../process/realm.ts';
import type { Profile } from '../schedule/profile.ts';
import { lenientReplay, replay } from '../schedule/replay.ts';
import { strategies } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { type BoardView, boardView } from './board-view.ts';
import { Draw } from './draw.ts';
import { type Failure, failureOf } from './failure.ts';
import { foresee, LOCK_ORDER } from './foresee.ts';
import type {
  ModelOrder,
  ModelResult,
  ProofOrder,
  ProofResult,
  RunDigest,
  RunsOrder,
  ShrinkOrder,
} from './model-orders.ts';
import { pilotOf } from './pilot.ts';
import { prove } from './prove.ts';
import { simplest } from './simplest.ts';
import { deathsIn, relatedEvents, type Stage } from './stage.ts';
import { Witnesses } from './witnesses.ts';

/** Steps of schedules that look for a witness, at most: where somebody waits by looking, each takes thousands. */
const DIRECTED_STEPS = 400_000;
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
  #faults: CaseFaults | undefined;
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
    this.#faults = faultsOf(this.#problem, c);
    this.#profile = undefined;
    this.#judge = judgeOf(this.#problem, c);
    this.#view = boardView(this.#board, this.#processes);
  }

  answer(order: ModelOrder | ProofOrder | ShrinkOrder | RunsOrder): unknown {
    return orUnmodelled(() => {
      switch (order.what) {
        case 'hunt':
          return this.hunt(order);
        case 'prove':
          return this.prove(order);
        case 'shrink':
          return { failure: this.shrink(order.failure) };
        case 'runs':
          return order.runs.map((run) => orUnmodelled(() => this.#digest(run)));
      }
    });
  }

  #digest({ strategy, ...run }: RunsOrder['runs'][number]): RunDigest {
    const view = this.play({ mode: 'controlled', strategy: strategies[strategy], ...run });
    return { ...view.outcome, exact: digest(view).exact };
  }

  /** The simplest form of `failure` that is found. Throws Unmodelled. */
  shrink(failure: Failure): Failure {
    return simplest(failure, (world) => this.#stage(world));
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

  /** Plays one run, of `longest` steps at most. Its view is valid until the next one. Throws Unmodelled. */
  play(order: Order, explorer?: Strategy, longest = Number.POSITIVE_INFINITY): RunView {
    const { control, strategy } = this.#board;
    prepare(control, strategy, order, this.#processes, this.#problem.memory === 'tso', this.#faults);
    control[Run.STEP_BOUND] = Math.min(control[Run.STEP_BOUND], longest);
    if (explorer !== undefined) control[Run.STRATEGY_BOUND] = control[Run.STEP_BOUND];
    this.player.play(explorer);
    this.#view.objects = this.player.objects;
    this.#view.look();
    return this.#view;
  }

  /** Looks at all that can happen in the case. Throws Unmodelled. */
  prove(order: ProofOrder): ProofResult {
    const { now } = this.#board.host;
    const until = now() + 2 * SLICE;
    return prove(this.#stage(order.world), order, () => now() > until);
  }

  #stage(world: number): Stage {
    const order = { mode: 'controlled', seed: 0, world } as const;
    return {
      board: this.#board,
      player: this.player,
      problem: this.#problem,
      case: this.#case,
      judge: this.#judge,
      processes: this.#processes,
      world,
      related: relatedEvents(this.#problem),
      deaths: deathsIn(this.#problem, this.#case),
      play: (strategy) => this.play({ ...order, strategy }, strategy),
      follow: (moves, longest) => this.play({ ...order, strategy: lenientReplay, moves }, undefined, longest),
      finish: (moves) => {
        const view = this.play({ ...order, strategy: replay, moves });
        const judgement = this.#judge.judge(view);
        return judgement && { view, judgement };
      },
    };
  }

  /** Plays schedules until one fails. Throws Unmodelled. */
  hunt({ schedules, seed, mix, key, until: wanted, foretell = false, from = 0 }: ModelOrder): ModelResult {
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
    if (from === 0 && foretell) {
      const failure = foresee(
        (order) => {
          const view = this.play(order);
          const judgement = this.#judge.judge(view);
          witnesses.note(view, order.world ?? 0);
          return { view, judgement };
        },
        seed,
        key,
      );
      if (failure !== undefined) return { ...so(), schedules: 1, failure, strategy: LOCK_ORDER };
    }
    for (; number < schedules; number++) {
      if (wanted !== undefined && steps > DIRECTED_STEPS) return so();
      if (now() > until) return { ...so(), next: number };
      const { strategy, seed, world } = draw.to(number);
      const profile = this.#profile;
      const view = this.play({ mode: 'controlled', seed, world, strategy, length, profile });
      this.#profile ??= pilotOf(this.#problem, this.#case, view);
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
      const failure = failureOf(view, judgement, world);
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

/** What `answer` says, or why the solution cannot be modelled. */
function orUnmodelled<T>(answer: () => T): T | { unmodelled: string } {
  try {
    return answer();
  } catch (e) {
    if (e instanceof Unmodelled) return { unmodelled: e.message };
    throw e;
  }
}
