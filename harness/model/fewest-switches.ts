// All runs of a case, those with the fewest preemptive switches first: iterative context bounding (M. Musuvathi and
// S. Qadeer, "Iterative context bounding for systematic testing of multithreaded programs", PLDI 2007, algorithm 1).
// The first run that fails has the fewest switches that any failing run has.
//
// A state is not gone on from twice: whoever comes to it later, with the same process moving, has made as many
// switches or more. Partial-order reduction is no help here, since it does not keep the number of switches (K. E.
// Coons, M. Musuvathi, K. S. McKinley, "Bounded partial-order reduction", OOPSLA 2013), save for one thing: nobody is
// preempted before a step that others do not care for, or before a protected access (protection.ts). Preempted after
// it instead, the run has the same switches or fewer.
import { standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { slotOf } from '../process/control.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { ALONE, aboutOf, isAccess } from './about.ts';
import type { Player } from './player.ts';
import { Protection } from './protection.ts';
import { RunState } from './run-state.ts';
import { Visited } from './visited.ts';
import type { WorldState } from './world-state.ts';

/** Steps of a run, where nothing else is said. */
const MOST_STEPS = 2_000;
/** Branches that are put off, at most. */
const MOST_BRANCHES = 500_000;
/** Nothing is known yet of the ways in which the step can be taken. */
const ANY = -1;

/** The last step of a run's beginning, with all before it. */
interface Beginning {
  readonly before: Beginning | undefined;
  readonly length: number;
  readonly process: number;
  readonly way: number;
}

export class FewestSwitches implements Strategy {
  readonly name = 'exhaustive';
  readonly #board: Board;
  readonly #player: Player;
  readonly #processes: number;
  readonly #related: readonly boolean[];
  readonly #buffered: boolean;
  /** Steps beyond which a run is given up: somebody waits by looking again and again. */
  readonly #longest: number;
  readonly #world: WorldState;
  readonly #state: RunState;
  readonly #visited = new Visited();
  readonly #protection = new Protection();
  /** Branches with as many switches as the run just played, and with one more. */
  #now: Beginning[] = [];
  #later: Beginning[] = [];
  /** Preemptive switches of the runs that are played now. */
  switches = 0;
  /** The run that is played: how it begins, and as far as it has come. */
  #begins: (Beginning | undefined)[] = [];
  #prefix = 0;
  #run: Beginning | undefined;
  #depth = 0;
  #isPruned = false;
  /** Whether it cannot tell: runs are too many, or states cannot be told apart. */
  isLost = false;

  /** @param longest steps of a run at most: among those the first that fails has the fewest switches */
  constructor(
    board: Board,
    player: Player,
    processes: number,
    related: readonly boolean[],
    world: WorldState,
    buffered: boolean,
    longest = MOST_STEPS,
  ) {
    this.#board = board;
    this.#player = player;
    this.#processes = processes;
    this.#related = related;
    this.#buffered = buffered;
    this.#longest = longest;
    this.#world = world;
    this.#state = new RunState(board, processes, world, buffered);
  }

  /** Different states so far, those in which different processes move counted apart. */
  get states(): number {
    return this.#visited.size;
  }

  /** Whether the run just played was given up: there is nothing new behind it. */
  get isPruned(): boolean {
    return this.#isPruned;
  }

  begin(): void {
    this.#depth = 0;
    this.#run = undefined;
    this.#isPruned = false;
    this.#state.begin();
  }

  /** The run has come to its end. */
  finish(): void {
    if (this.#depth > 0 && !this.#isPruned) this.#accessed(this.#depth - 1);
  }

  /** Goes over to the next run; false where all were played. */
  advance(): boolean {
    if (this.isLost) return false;
    if (this.#protection.isRefuted) {
      this.#protection.restart();
      this.#visited.clear();
      this.#now = [];
      this.#later = [];
      this.switches = 0;
      this.#playAgain(undefined);
      return true;
    }
    if (this.#now.length === 0) {
      this.#now = this.#later;
      this.#later = [];
      this.switches++;
    }
    const next = this.#now.pop();
    if (next === undefined) return false;
    this.#playAgain(next);
    return true;
  }

  #playAgain(run: Beginning | undefined): void {
    this.#prefix = run?.length ?? 0;
    for (let b = run; b !== undefined; b = b.before) this.#begins[b.length - 1] = b;
  }

  next(_state: Int32Array, enabled: Int32Array, count: number, current: number): number {
    const depth = this.#depth;
    let process = this.#begins[depth]?.process ?? -1;
    if (depth < this.#prefix) {
      if (depth > 0) this.#state.pass(depth - 1);
    } else {
      process = this.#newPlace(depth, enabled, count, current);
      if (process < 0) return -1;
    }
    this.#state.goes(process);
    const way = depth < this.#prefix ? (this.#begins[depth] as Beginning).way : ANY;
    this.#run = { before: this.#run, length: depth + 1, process, way };
    this.#depth++;
    return process;
  }

  choose(_state: Int32Array, n: number): number {
    const { before, length, process, way } = this.#run as Beginning;
    if (way !== ANY) return way;
    this.#run = { before, length, process, way: 0 };
    if (length >= this.#prefix)
      for (let other = 1; other < n; other++) this.#now.push({ before, length, process, way: other });
    return 0;
  }

  /** Who moves at a place where the search has not been yet; -1 where it has. */
  #newPlace(depth: number, enabled: Int32Array, count: number, current: number): number {
    this.#arrive(depth);
    const stays = current >= 0 && current < this.#processes;
    const state = this.#state;
    state.print(stays ? current + 1 : 0);
    const isNew = this.#visited.add(state.a, state.b);
    if (this.#visited.isFull || this.#later.length > MOST_BRANCHES) this.isLost = true;
    if (!isNew || depth >= this.#longest || this.isLost || this.#protection.isRefuted) {
      this.#isPruned = true;
      return -1;
    }
    if (stays && this.#isInNobodysWay(current)) return current;
    const first = stays ? current : enabled[0];
    const branches = stays ? this.#later : this.#now;
    for (let i = 0; i < count; i++) {
      const process = enabled[i];
      if (process !== first) branches.push({ before: this.#run, length: depth + 1, process, way: ANY });
    }
    return first;
  }

  /** Brings the state up to the step before `depth`. */
  #arrive(depth: number): void {
    const state = this.#state;
    const { objects, words } = this.#player;
    state.layOut(objects, words);
    this.#protection.layOut(objects);
    if (depth > this.#prefix) state.take(depth - 1);
    else {
      if (depth > 0) state.pass(depth - 1);
      state.read();
    }
    if (depth > 0) this.#accessed(depth - 1);
    if (this.#world.isOpaque) this.isLost = true;
  }

  #isInNobodysWay(p: number): boolean {
    const { control } = this.#board;
    const step = standsAt(control, slotOf(p));
    const about = aboutOf(control, step, this.#related);
    if (about === ALONE) return true;
    return !this.#buffered && isAccess(control, step) && this.#protection.relyOn(about);
  }

  #accessed(step: number): void {
    if (!this.#buffered) this.#protection.took(this.#board, step);
  }
}
