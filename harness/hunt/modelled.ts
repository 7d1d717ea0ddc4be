// The hunt in the model: thousands of schedules of one case, played by coroutines and judged on the spot. It runs in
// the realm of student code, in a worker; what it finds counts only once real processes have confirmed it.

import { digest } from '../check/digest.ts';
import { executed, preemptions } from '../check/executed.ts';
import { forbiddenObject } from '../check/forbidden.ts';
import { type Judge, judgeOf } from '../check/judge.ts';
import { keyOf } from '../check/judgement.ts';
import type { RunView } from '../check/run-view.ts';
import { Player } from '../model/player.ts';
import { type Suspension, Unmodelled } from '../model/suspend.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Program } from '../process/actor.ts';
import type { Board } from '../process/board.ts';
import { type Order, prepare } from '../process/order.ts';
import { below, bits, mix, seed } from '../schedule/generator.ts';
import { strategies } from '../schedule/strategies.ts';
import { boardView } from './board-view.ts';
import type { Failure } from './session.ts';

/** So many schedules of the case that was entered. */
export interface ModelOrder {
  readonly schedules: number;
  readonly seed: number;
  /** Strategies, by their index, and how often each is drawn. */
  readonly mix: readonly (readonly [strategy: number, weight: number])[];
  /** Only this finding counts. */
  readonly key?: string;
}

export interface ModelResult {
  readonly schedules: number;
  readonly steps: number;
  /** Digests of the traces, blind to the order of independent steps. */
  readonly traces: readonly number[];
  readonly seen: readonly string[];
  readonly failure?: Failure;
  readonly strategy?: string;
  /** Why the solution cannot be modelled. */
  readonly unmodelled?: string;
}

/** Different seeds of the processes' own random numbers; few, since schedules matter more. */
const WORLDS = 4;

export class Modelled {
  readonly player: Player;
  readonly #board: Board;
  readonly #random = new Int32Array(2);
  #problem!: AnyProblem;
  #judge!: Judge;
  #processes = 0;

  constructor(board: Board, suspension: Suspension) {
    this.#board = board;
    this.player = new Player(board, suspension);
  }

  load(problem: AnyProblem, twin: Program): void {
    this.#problem = problem;
    this.player.load(problem, twin);
  }

  enter(c: Case): void {
    this.#processes = Object.values(this.#problem.roles).reduce((sum, count) => sum + count(c), 0);
    this.player.enter(c, this.#processes);
    this.#judge = judgeOf(this.#problem, c);
  }

  /** Plays one run. Its view is valid until the next one. Throws Unmodelled. */
  play(order: Order): RunView {
    prepare(this.#board.control, this.#board.strategy, order, this.#processes);
    this.player.play();
    return boardView(this.#board, this.#processes, this.player.objects);
  }

  /** Plays schedules until one fails. */
  hunt({ schedules, seed: from, mix: weights, key }: ModelOrder): ModelResult {
    const traces = new Set<number>();
    const random = this.#random;
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    let steps = 0;
    let length = 0;
    let played = 0;
    const so = (): ModelResult => ({
      schedules: played,
      steps,
      traces: [...traces],
      seen: [...this.#judge.specification.seen],
    });
    for (; played < schedules; played++) {
      seed(random, 0, mix(from) + played);
      const index = drawn(weights, below(random, 0, total));
      const luck = bits(random, 0) & 0x7fffffff;
      const strategy = strategies[index];
      const world = luck % WORLDS;
      let view: RunView;
      try {
        view = this.play({ mode: 'controlled', seed: luck, world, strategy, length });
      } catch (e) {
        if (e instanceof Unmodelled) return { ...so(), unmodelled: e.message };
        throw e;
      }
      steps += view.outcome.steps;
      length = Math.max(length, view.outcome.steps);
      traces.add(digest(view).order);
      const judgement = this.#judge.judge(view) ?? forbiddenObject(this.#problem, view.objects);
      if (judgement === undefined || (key !== undefined && keyOf(judgement) !== key)) continue;
      played++;
      return {
        ...so(),
        strategy: strategy.name,
        failure: {
          key: keyOf(judgement),
          world,
          moves: executed(view),
          switches: preemptions(view),
          steps: view.outcome.steps,
          exact: digest(view).exact,
        },
      };
    }
    return so();
  }
}

/** The strategy at `place` of the weights laid end to end. */
function drawn(weights: ModelOrder['mix'], place: number): number {
  let left = place;
  for (const [index, weight] of weights) {
    if (left < weight) return index;
    left -= weight;
  }
  return weights[0][0];
}
