// Every state that a case can come to, each once: a search that knows a state again and goes no further from there.
// It wins over the explorer where many runs lead to few states.
//
// From a state one process is tried alone if what it is about to do commutes with whatever the others can do until it
// has done it (persistent sets: P. Godefroid, "Partial-order methods", LNCS 1032, 1996, chapter 4): a step that others
// do not care for, an access that is protected (protection.ts), or what a lock's holder does with it and the like
// (commuting.ts). Sleep sets see to it that of two steps that commute only one order is tried.
//
// Pruning together with sleep sets is sound here, though it is not in general (the same, section 5.2), and so is trying
// one process alone again and again, since there are no circles: where roles are known by all that they were told, a
// state tells how many steps each has taken; where they are known by what they hold (holder.ts), a search that comes to
// the state of a place further up gives up. Whoever sleeps at a place was tried before, and all that comes from there has
// been visited; so once a place is left, all that comes from it has been as well, whoever slept. That needs no more than
// that a search is over with a state when it meets it again, and without circles it is. And a run without an end would
// have to be a circle, so none is left out.
//
// Roles cannot be copied, so whatever branches off is played from the beginning.
import { standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { Slot, Status, slotOf } from '../process/control.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { ALONE, aboutOf, isAccess, looksOnly } from './about.ts';
import { Commuting } from './commuting.ts';
import { MOST_EXPLORED } from './explorer.ts';
import type { Holder } from './holder.ts';
import { type Node, newNode, stillAsleep } from './node.ts';
import type { Player } from './player.ts';
import { Protection } from './protection.ts';
import { RunState } from './run-state.ts';
import { Visited } from './visited.ts';
import type { WorldState } from './world-state.ts';

/** Steps of a run at most. */
const MOST_STEPS = 2_000;

/** A place among the steps of a run, and the fingerprint of its state. */
interface Place extends Node {
  a: number;
  b: number;
}

/** What a search remembers of the states it was in. */
export interface Parts {
  readonly visited: Visited;
  readonly protection: Protection;
  readonly commuting: Commuting;
  /** Who knows what each process holds. Default: nobody. */
  readonly holders: readonly Holder[];
}

export class StateSearch implements Strategy {
  readonly name = 'exhaustive';
  readonly #board: Board;
  readonly #player: Player;
  readonly #processes: number;
  readonly #related: readonly boolean[];
  readonly #world: WorldState;
  readonly #state: RunState;
  readonly #visited: Visited;
  readonly #protection: Protection;
  readonly #commuting: Commuting;
  /** Whether accesses that are not protected make the search give up: races are judged. */
  readonly #races: boolean;
  readonly #places: Place[] = [];
  #prefix = 0;
  #depth = 0;
  #isPruned = false;
  /** Why it proves nothing. */
  givenUp: 'crowd' | 'long' | 'opaque' | 'unprotected' | 'full' | 'circle' | undefined;

  /**
   * @param related for each event, whether its place among the others matters to a judge
   * @param races whether races are judged
   */
  constructor(
    board: Board,
    player: Player,
    processes: number,
    related: readonly boolean[],
    world: WorldState,
    races: boolean,
    {
      visited = new Visited(),
      protection = new Protection(),
      commuting = new Commuting(),
      holders = [],
    }: Partial<Parts> = {},
  ) {
    this.#board = board;
    this.#player = player;
    this.#processes = processes;
    this.#related = related;
    this.#world = world;
    this.#state = new RunState(board, processes, world, false, holders);
    this.#races = races;
    if (processes > MOST_EXPLORED) this.givenUp = 'crowd';
    this.#visited = visited;
    this.#protection = protection;
    this.#commuting = commuting;
  }

  /** Different states so far in which more than one process was to be tried. */
  get states(): number {
    return this.#visited.size;
  }

  /** Whether the run just played was given up: there is nothing new behind it. */
  get isPruned(): boolean {
    return this.#isPruned;
  }

  begin(): void {
    this.#depth = 0;
    this.#isPruned = false;
    this.#state.begin();
  }

  /** The run has come to its end. */
  finish(): void {
    const depth = this.#depth;
    if (depth < this.#prefix || this.#isPruned || depth === 0) return;
    this.#took(depth - 1);
    if (this.#races && !this.#protection.isWhole) this.givenUp = 'unprotected';
  }

  /** Goes over to the next run; false where all were played. */
  advance(): boolean {
    if (this.givenUp !== undefined) return false;
    if (this.#isRefuted) {
      this.#protection.restart();
      this.#commuting.restart();
      this.#visited.clear();
      this.#prefix = 0;
      return true;
    }
    for (let i = this.#depth - 1; i >= 0; i--) {
      const place = this.#places[i];
      if (place.way + 1 < place.ways) {
        place.way++;
        this.#prefix = i + 1;
        return true;
      }
      place.tried |= 1 << place.process;
      const rest = place.wanted & ~place.tried;
      if (rest !== 0) {
        place.process = 31 - Math.clz32(rest & -rest);
        place.way = 0;
        place.ways = 1;
        this.#prefix = i + 1;
        return true;
      }
    }
    return false;
  }

  next(_state: Int32Array, enabled: Int32Array, count: number, current: number): number {
    const depth = this.#depth;
    if (depth >= this.#prefix) return this.#newPlace(depth, enabled, count, current);
    if (depth > 0) this.#state.pass(depth - 1);
    this.#depth++;
    const { process } = this.#places[depth];
    this.#state.goes(process);
    return process;
  }

  choose(_state: Int32Array, n: number): number {
    const place = this.#places[this.#depth - 1];
    place.ways = n;
    return place.way;
  }

  /** A place that the search has not been at before. */
  #newPlace(depth: number, enabled: Int32Array, count: number, current: number): number {
    this.#places[depth] ??= newPlace(this.#processes);
    const place = this.#places[depth];
    this.#arrive(depth);
    if (depth >= MOST_STEPS) this.givenUp = 'long';
    if (this.givenUp !== undefined || this.#isRefuted) return this.#prune();
    this.#depth++;
    place.way = 0;
    place.ways = 1;
    place.tried = 0;
    let can = 0;
    for (let i = 0; i < count; i++) can |= 1 << enabled[i];
    this.#look(place);
    this.#visit(depth, can, depth === 0 ? 0 : stillAsleep(this.#places[depth - 1]));
    if (place.wanted === 0) return this.#prune();
    const stays = current >= 0 && (place.wanted & (1 << current)) !== 0;
    place.process = stays ? current : 31 - Math.clz32(place.wanted & -place.wanted);
    this.#state.goes(place.process);
    return place.process;
  }

  /** Brings the state up to the step before `depth`. */
  #arrive(depth: number): void {
    const state = this.#state;
    state.layOut(this.#player.objects, this.#player.words);
    this.#protection.layOut(this.#player.objects);
    this.#commuting.layOut(this.#player.objects);
    if (depth > this.#prefix) state.take(depth - 1);
    else {
      if (depth > 0) state.pass(depth - 1);
      state.read();
    }
    if (depth > 0) this.#took(depth - 1);
    if (this.#world.isOpaque) this.givenUp = 'opaque';
    if (this.#races && !this.#protection.isWhole) this.givenUp = 'unprotected';
  }

  /** Whether what the search relies on has turned out to be wrong. */
  get #isRefuted(): boolean {
    return this.#protection.isRefuted || this.#commuting.isRefuted;
  }

  #took(step: number): void {
    this.#protection.took(this.#board, step);
    this.#commuting.took(this.#board, step);
  }

  #prune(): number {
    this.#isPruned = true;
    return -1;
  }

  /** Decides what is to be tried at a place where `can` can move and `asleep` sleep. */
  #visit(depth: number, can: number, asleep: number): void {
    const place = this.#places[depth];
    place.asleep = asleep;
    place.a = 0;
    place.b = 0;
    const one = this.#mover(place, can);
    place.wanted = (one === 0 ? can : one) & ~asleep;
    if (one !== 0) return; // there is but one way to go on, so the next state is as good to be known by
    const state = this.#state;
    state.print();
    place.a = state.a;
    place.b = state.b;
    if (this.#visited.add(state.a, state.b)) {
      if (this.#visited.isFull) this.givenUp = 'full';
      return;
    }
    place.wanted = 0;
    if (this.#isOnPath(depth)) this.givenUp = 'circle';
  }

  /** Whether the state at `depth` is that of a place further up: one that the search is not over with. */
  #isOnPath(depth: number): boolean {
    const { a, b } = this.#places[depth];
    for (let i = depth - 1; i >= 0; i--) if (this.#places[i].a === a && this.#places[i].b === b) return true;
    return false;
  }

  /** Whom it is enough to try, as a bit, since what he does commutes with all that others can do; 0 where there is nobody. */
  #mover(place: Place, can: number): number {
    const { control } = this.#board;
    let one = 0;
    for (let rest = can; rest !== 0; rest &= rest - 1) {
      const p = 31 - Math.clz32(rest & -rest);
      const about = place.about[p];
      if (about !== ALONE) {
        const step = standsAt(control, slotOf(p));
        const commutes = isAccess(control, step)
          ? this.#protection.relyOn(about)
          : this.#commuting.relyOn(this.#board, p);
        if (!commutes) continue;
      }
      if (place.asleep & (1 << p)) return 1 << p; // all that can come from here was tried elsewhere
      one ||= 1 << p;
    }
    return one;
  }

  #look(place: Place): void {
    const { control } = this.#board;
    for (let p = 0; p < this.#processes; p++) {
      const slot = slotOf(p);
      if (control[slot + Slot.STATUS] !== Status.STANDING) {
        place.about[p] = ALONE;
        continue;
      }
      const step = standsAt(control, slot);
      place.about[p] = aboutOf(control, step, this.#related);
      place.observes[p] = looksOnly(control, step) ? 1 : 0;
    }
  }
}

const newPlace = (processes: number): Place => ({ ...newNode(processes), a: 0, b: 0 });
