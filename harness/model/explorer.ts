// Every run of a case that differs from the others, each once: dynamic partial-order reduction with sleep sets.
//
// Runs that differ only in the order of steps that commute are one trace (Mazurkiewicz). A run is played to its end;
// wherever two of its steps race, the other order is noted at the step before which it must branch off, and played
// later. Whether a step races is asked as soon as it is announced, as in Flanagan and Godefroid, "Dynamic
// partial-order reduction", POPL 2005: so steps that never become possible count too. Where to branch off is decided
// by source sets. Sleep sets see to it that no trace is played to its end twice (Godefroid, "Partial-order methods",
// LNCS 1032, 1996).
//
// It is a strategy: the driver asks it at every step, and it remembers from run to run where to branch off next.
import { standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { MAX_PROCESSES, Slot, Status, slotOf } from '../process/control.ts';
import { fences, MOST_BUFFERED } from '../process/store-buffer.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations, plainOperations } from '../sync/operations.ts';
import { rwlockOperations } from '../sync/rwlock.ts';

const { event, pause, write } = plainOperations;

/** Steps of a run beyond which a case is not explored: most likely somebody waits by looking again and again. */
export const MOST_STEPS = 500;

/** A place among the steps of a run. */
interface Node {
  /** Processes, as bits: those that could move, those that were tried here, are still to be tried, need not be. */
  enabled: number;
  tried: number;
  wanted: number;
  asleep: number;
  /** Who moves here, and which way its step is taken of how many. */
  process: number;
  way: number;
  ways: number;
  /** What the step of each process is about: see `#about`; whether it only observes. */
  readonly about: Int32Array;
  readonly observes: Uint8Array;
  /** Whether it writes to an element. */
  readonly writes: Uint8Array;
  /** Whether it takes a lock that nobody else may hold, or lets one go: then both are never possible at once. */
  readonly acquires: Uint8Array;
  readonly releases: Uint8Array;
  /** For each process, how many steps of the run are known to the one that moved here, once it has moved. */
  readonly clock: Int32Array;
}

const ACQUIRES = new Set([mutexOperations.lock.code, rwlockOperations.writeLock.code]);
const RELEASES = new Set([mutexOperations.unlock.code, rwlockOperations.unlock.code]);
/** Steps on nothing that others care for. */
const ALONE = -1;
/** Indices of an object's elements that are told apart. */
const ELEMENTS = 65_536;
/** The problem's world, as an object. */
const WORLD = 1;

export class Explorer implements Strategy {
  readonly name = 'exhaustive';
  readonly #control: Int32Array;
  /** Events that the specification relates to others, by number. */
  readonly #related: readonly boolean[];
  /** All that can move: processes, and behind them their store buffers, if any. */
  readonly #processes: number;
  /** Processes with a store buffer; 0 where there are none. */
  readonly #owners: number;
  /** For each of them, the steps at which it wrote what its buffer holds, and the one at which that last reached memory. */
  readonly #written: number[][] = [];
  readonly #flushed: Int32Array;
  readonly #nodes: Node[] = [];
  /** Steps of the prefix that is followed, the last of which is new. */
  #prefix = 0;
  #depth = 0;
  /** What each process knows; the latest change of each object, and the observations since. */
  readonly #clocks: Int32Array[] = [];
  readonly #changed = new Map<number, number>();
  readonly #observed = new Map<number, number[]>();
  /** Steps since a race that do not need its first step. */
  readonly #since: number[] = [];
  /** Runs that were given up since all they could do was played already. */
  pruned = 0;
  #isPruned = false;
  #isTooLong = false;

  /** @param buffered whether runs are played under total store order */
  constructor(board: Board, processes: number, related: readonly boolean[], buffered = false) {
    this.#control = board.control;
    this.#owners = buffered ? processes : 0;
    this.#processes = processes + this.#owners;
    this.#related = related;
    this.#isTooLong = this.#processes > MOST_EXPLORED;
    for (let p = 0; p < this.#processes; p++) this.#clocks.push(new Int32Array(this.#processes));
    for (let p = 0; p < this.#owners; p++) this.#written.push([]);
    this.#flushed = new Int32Array(this.#owners);
  }

  /** A run begins. */
  begin(): void {
    this.#depth = 0;
    this.#isPruned = false;
    for (const clock of this.#clocks) clock.fill(0);
    for (const steps of this.#written) steps.length = 0;
    this.#flushed.fill(-1);
    this.#changed.clear();
    this.#observed.clear();
  }

  /** Whether the run just played was given up, since it is like one before. */
  get isPruned(): boolean {
    return this.#isPruned;
  }

  /** Whether a run had too many steps for the case to be explored. */
  get isTooLong(): boolean {
    return this.#isTooLong;
  }

  /** The run has come to an end of its own: those who still stand there race as well. */
  finish(): void {
    const depth = this.#depth;
    if (this.#isPruned || depth === 0) return;
    this.#nodes[depth] ??= newNode(this.#processes);
    this.#look(this.#nodes[depth]);
    this.#races(depth);
  }

  /** How much of the whole is done, from 0 to 1; a guess, since what is wanted grows as runs are played. */
  get progress(): number {
    let done = 0;
    let share = 1;
    for (let i = 0; i < this.#depth; i++) {
      const { wanted, tried, asleep, enabled } = this.#nodes[i];
      const all = bitsIn(wanted & enabled & ~asleep) || 1;
      done += (share * bitsIn(tried)) / all;
      share /= all;
    }
    return Math.min(1, done);
  }

  /** Goes over to the next run; false where all were played. */
  advance(): boolean {
    for (let i = this.#depth - 1; i >= 0; i--) {
      const node = this.#nodes[i];
      if (node.way + 1 < node.ways) {
        node.way++;
        this.#prefix = i + 1;
        return true;
      }
      node.tried |= 1 << node.process;
      const rest = node.wanted & ~node.tried & ~node.asleep & node.enabled;
      if (rest !== 0) {
        node.process = 31 - Math.clz32(rest & -rest);
        node.way = 0;
        node.ways = 1;
        this.#prefix = i + 1;
        return true;
      }
    }
    return false;
  }

  next(_state: Int32Array, enabled: Int32Array, count: number, current: number): number {
    const depth = this.#depth;
    if (depth >= MOST_STEPS) this.#isTooLong = true;
    if (this.#isTooLong) return -1;
    let node = this.#nodes[depth];
    if (node === undefined) {
      node = newNode(this.#processes);
      this.#nodes.push(node);
    }
    this.#look(node);
    if (depth >= this.#prefix) {
      node.enabled = 0;
      for (let i = 0; i < count; i++) node.enabled |= 1 << enabled[i];
      node.tried = 0;
      node.way = 0;
      node.ways = 1;
      node.asleep = depth === 0 ? 0 : stillAsleep(this.#nodes[depth - 1]);
      this.#races(depth);
      const awake = node.enabled & ~node.asleep;
      if (awake === 0) {
        this.#isPruned = true;
        this.pruned++;
        return -1;
      }
      const stays = current >= 0 && (awake & (1 << current)) !== 0;
      node.process = stays ? current : 31 - Math.clz32(awake & -awake);
      node.wanted = 1 << node.process;
    }
    this.#move(node, depth);
    this.#depth++;
    return node.process;
  }

  choose(_state: Int32Array, n: number): number {
    const node = this.#nodes[this.#depth - 1];
    node.ways = n;
    return node.way;
  }

  /** Notes what each process is about to do. */
  #look(node: Node): void {
    const control = this.#control;
    for (let p = 0; p < this.#processes; p++) {
      const slot = slotOf(p);
      if (control[slot + Slot.STATUS] !== Status.STANDING) {
        node.about[p] = ALONE;
        continue;
      }
      const step = standsAt(control, slot);
      const code = control[step + Slot.OPERATION];
      const object = control[step + Slot.OBJECT];
      if (code === pause.code || (p < this.#owners && this.#standsApart(p, code))) node.about[p] = ALONE;
      else if (code === event.code) node.about[p] = this.#related[object] ? WORLD : ALONE;
      else node.about[p] = (object + 1) * ELEMENTS + control[step + Slot.INDEX];
      node.observes[p] = operations[code].observes ? 1 : 0;
      node.writes[p] = code === write.code ? 1 : 0;
      node.acquires[p] = ACQUIRES.has(code) ? 1 : 0;
      node.releases[p] = RELEASES.has(code) ? 1 : 0;
    }
  }

  /**
   * Whether what process `p` is about to do is about its store buffer alone: a write, or waiting for it to be empty. What
   * waited knows of all that has reached memory from there: neither can be the other way round.
   */
  #standsApart(p: number, code: number): boolean {
    const held = this.#written[p].length;
    if (code === write.code) {
      if (held === MOST_BUFFERED) this.#isTooLong = true; // then it depends on the buffer after all
      return true;
    }
    if (fences[code] === 0) return false;
    if (held === 0 && this.#flushed[p] >= 0) join(this.#clocks[p], this.#nodes[this.#flushed[p]].clock);
    return held > 0;
  }

  /** Notes, for what each process is about to do, where the other order of a race branches off. */
  #races(depth: number): void {
    if (depth === 0) return;
    const node = this.#nodes[depth];
    const last = this.#nodes[depth - 1];
    for (let p = 0; p < this.#processes; p++) {
      if (node.about[p] === ALONE) continue;
      if (p === last.process || last.about[p] === ALONE) this.#racesOfAll(node, depth, p);
      else if (dependent(node, p, last, last.process)) {
        // An observation may go before those that `p` races with already: then it must be tried there as well.
        if (last.observes[last.process]) this.#racesOfAll(node, depth, p);
        else this.#branch(depth - 1, depth, p);
      }
    }
  }

  /** The same for process `p` and all steps before: it races with the latest on the same object. */
  #racesOfAll(node: Node, depth: number, p: number): void {
    const known = this.#clocks[p];
    let observations = false;
    for (let i = depth - 1; i >= 0; i--) {
      const earlier = this.#nodes[i];
      const q = earlier.process;
      if (!dependent(node, p, earlier, q)) continue;
      const observes = earlier.observes[q] === 1;
      if (observations && !observes) return; // seen by those observations, which come between
      observations = observes;
      if (q === p || i < known[q]) {
        if (observes) continue; // other observations before it need not have happened before
        return;
      }
      if (node.acquires[p] && earlier.releases[q]) continue; // never possible both at once: who took it before?
      this.#branch(i, depth, p);
      if (!observes) return;
    }
  }

  /**
   * Process `p`, about to move at `depth`, races with the step at `at`. What has been done since without need of
   * that step can be done before it: whoever can begin that is tried there, unless one of them is already (source
   * sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction", POPL 2014, algorithm 1).
   */
  #branch(at: number, depth: number, p: number): void {
    const node = this.#nodes[at];
    const covered = node.wanted | node.tried | node.asleep;
    const since = this.#since;
    since.length = 0;
    let beginners = 0;
    let seen = 0;
    for (let j = at + 1; j < depth; j++) {
      const { process, clock } = this.#nodes[j];
      if (clock[node.process] > at) continue; // it needs the step
      if ((seen & (1 << process)) === 0) {
        seen |= 1 << process;
        if (since.every((m) => clock[this.#nodes[m].process] <= m)) beginners |= 1 << process;
      }
      since.push(j);
    }
    if (since.length === 0) {
      if (node.enabled & (1 << p)) node.wanted |= 1 << p;
    } else if ((beginners & covered) === 0) node.wanted |= 1 << this.#nodes[since[0]].process;
  }

  /** The step of `node` is taken: its process knows all that it depends on. */
  #move(node: Node, depth: number): void {
    const p = node.process;
    const about = node.about[p];
    const clock = this.#clocks[p];
    if (about !== ALONE) {
      const changed = this.#changed.get(about);
      if (changed !== undefined) join(clock, this.#nodes[changed].clock);
      const observed = this.#observed.get(about);
      if (node.observes[p]) {
        if (observed === undefined) this.#observed.set(about, [depth]);
        else observed.push(depth);
      } else {
        if (observed !== undefined) {
          for (const i of observed) join(clock, this.#nodes[i].clock);
          observed.length = 0;
        }
        this.#changed.set(about, depth);
      }
    }
    clock[p] = depth + 1;
    node.clock.set(clock);
    if (this.#owners > 0) this.#buffer(p, node, depth);
  }

  /** The step of `node` was a write or took one to memory: that cannot be before it was written. */
  #buffer(p: number, node: Node, depth: number): void {
    const owner = p % this.#owners;
    const written = this.#written[owner];
    const buffer = this.#clocks[owner + this.#owners];
    if (p !== owner) {
      this.#flushed[owner] = depth;
      written.shift();
      if (written.length > 0) join(buffer, this.#nodes[written[0]].clock);
    } else if (node.writes[p] && written.push(depth) === 1) join(buffer, node.clock);
  }
}

const newNode = (processes: number): Node => ({
  enabled: 0,
  tried: 0,
  wanted: 0,
  asleep: 0,
  process: -1,
  way: 0,
  ways: 1,
  about: new Int32Array(processes),
  observes: new Uint8Array(processes),
  writes: new Uint8Array(processes),
  acquires: new Uint8Array(processes),
  releases: new Uint8Array(processes),
  clock: new Int32Array(processes),
});

/** Who sleeps on after `node`: whoever slept or was tried there, and does not care for the step taken. */
function stillAsleep(node: Node): number {
  let asleep = 0;
  for (let rest = (node.asleep | node.tried) & ~(1 << node.process); rest !== 0; rest &= rest - 1) {
    const p = 31 - Math.clz32(rest & -rest);
    if (!dependent(node, p, node, node.process)) asleep |= 1 << p;
  }
  return asleep;
}

function bitsIn(set: number): number {
  let n = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) n++;
  return n;
}

/** Whether the step of `p` at `a` and that of `q` at `b` do not commute. */
function dependent(a: Node, p: number, b: Node, q: number): boolean {
  return a.about[p] !== ALONE && a.about[p] === b.about[q] && (a.observes[p] & b.observes[q]) === 0;
}

function join(into: Int32Array, from: Int32Array): void {
  for (let i = 0; i < into.length; i++) if (from[i] > into[i]) into[i] = from[i];
}

/** The most that can move where a case is explored: they are bits of a number. */
export const MOST_EXPLORED = Math.min(30, MAX_PROCESSES);
