// Free runs: every process at full speed, the kernel decides. An operation on a word is a compare-and-swap in a
// loop, one on a record is done under the record's lock; *not yet* sleeps in futex(2) on the word, a change wakes
// the sleepers. Before it sleeps a process publishes what it waits for, so that the referee can see a deadlock.

import { below, seed } from '../schedule/generator.ts';
import { OutsideRole } from '../shared/arena.ts';
import * as atomic from '../shared/atomics.ts';
import { coerce, type ElementKind, elementOf, load, save } from '../shared/element.ts';
import { NOT_YET } from '../shared/kernel.ts';
import { CHANGES, HEAD, type Operation, RECORD_LOCK, SLEEPERS } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Message, Shared, Way } from '../shared/way.ts';
import { messageIn } from '../sync/messages.ts';
import type { Board } from './board.ts';
import { DATA, Ending, Flag, Run, Slot, Status, slotOf } from './control.ts';
import { end, hasLeft, leave, mark, say } from './ending.ts';
import { position } from './position.ts';
import type { TryShift } from './shift.ts';
import { EVENT_WORDS, MAX_EVENTS } from './trace-record.ts';

const ALL = 2 ** 31 - 1;
/** Looks at a word that is not ready before the process goes to sleep: a wake-up costs about as much as these. */
const LOOKS = 200;
/** A mask: steps at which a process looks whether the run is over. */
const SELDOM = 0x3ff;

// Bare arrays, whose map gives a plain list as in controlled runs.
class BareInt32Array extends Int32Array {}
class BareUint32Array extends Uint32Array {}
class BareFloat64Array extends Float64Array {}
for (const { prototype } of [BareInt32Array, BareUint32Array, BareFloat64Array]) {
  Object.defineProperty(prototype, 'map', { value: Array.prototype.map });
}
sealed(BareInt32Array, BareUint32Array, BareFloat64Array);

export class Free implements Way {
  readonly #board: Board;
  readonly #slot: number;
  readonly #tryShift: TryShift;
  /** A word on which operations are tried before they are swapped in. */
  readonly #trial = new Int32Array(HEAD);
  readonly #random = new Int32Array(2);
  #noise = false;
  #looks = LOOKS;
  #answer = 0;
  #steps = 0;
  #seldom = SELDOM;
  /** Whether the role has begun: in `share` there may be no kernel objects yet. */
  #open = false;

  constructor(board: Board) {
    this.#board = board;
    this.#slot = slotOf(board.me);
    this.#tryShift = board.host.tryShift;
  }

  /** A new run begins. */
  begin(): void {
    const { control, me } = this.#board;
    this.#noise = (control[Run.FLAGS] & Flag.NOISE) !== 0;
    this.#looks = (control[Run.FLAGS] & Flag.ONE_PROCESSOR) !== 0 ? 1 : LOOKS;
    this.#steps = 0;
    this.#seldom = this.#noise ? 0 : SELDOM;
    seed(this.#random, 0, control[Run.SEED] ^ (me + 1));
    // All begin together: the last to arrive wakes the others.
    const arrived = atomic.add(control, Run.ARRIVED, 1) + 1;
    if (arrived === control[Run.PROCESSES]) this.#board.host.wake(Run.ARRIVED, ALL);
    else {
      const sleepsOn = this.#slot + Slot.SLEEPS_ON;
      atomic.store(control, sleepsOn, Run.ARRIVED); // one of them may end the run in `share`, and never arrive
      for (let now = arrived; now < control[Run.PROCESSES]; now = atomic.load(control, Run.ARRIVED)) {
        if (control[Run.STATE] !== Ending.RUNNING) leave(this.#board);
        this.#board.host.wait(Run.ARRIVED, now);
      }
      atomic.store(control, sleepsOn, 0);
    }
    this.#open = true;
  }

  act(operation: Operation, object: Shared, argument: number, more = 0, last = 0): void {
    const { shift } = operation;
    if (shift !== undefined) {
      // The common case: one compare-and-swap, and a look whether anybody sleeps.
      const { at } = object;
      const sleepers = this.#tryShift(DATA + at, shift.least, shift.most, shift.by);
      if (sleepers >= 0) {
        if (sleepers !== 0) this.#wake(operation, at);
        this.#count();
        return;
      }
    }
    this.step(operation, object, argument, 0, more, last);
  }

  test(operation: Operation, object: Shared, argument: number, second = 0, more = 0, last = 0): boolean {
    return this.step(operation, object, argument, second, more, last) !== 0;
  }

  receive(
    operation: Operation,
    object: Shared,
    argument: number,
    second: number,
    skip: number,
  ): Message | undefined {
    if (this.step(operation, object, argument, second) !== 1) return undefined;
    return messageIn(this.#board.data, object.at, this.#board.me, skip); // its own hands: nobody else is at them now
  }

  ask(operation: Operation, object: Shared, argument: number, second = 0): void {
    this.#answer = this.step(operation, object, argument, second);
  }

  told(): boolean {
    return this.#answer !== 0;
  }

  readTruth(object: Shared, index: number): boolean {
    return this.read(object, index) !== 0;
  }

  step(operation: Operation, object: Shared, argument: number, second = 0, more = 0, last = 0): number {
    this.#count();
    const result =
      operation.span === 'word'
        ? this.#onWord(operation, object, argument, second)
        : this.#onRecord(operation, object, argument, second, more, last);
    const next = operation.follow?.(result);
    return next === undefined ? result : this.step(next, object, result, second);
  }

  #onWord(operation: Operation, object: Shared, argument: number, second: number): number {
    const { data, me } = this.#board;
    const { at } = object;
    const trial = this.#trial;
    let looks = this.#looks;
    let deadline = 0;
    for (;;) {
      const w = atomic.load(data, at);
      trial[0] = w;
      if (operation.misuse !== undefined) {
        const complaint = operation.misuse(trial, 0, me, argument);
        if (complaint !== undefined) this.misuse(object, complaint);
      }
      if (operation.ready(trial, 0, me, argument)) {
        const result = operation.take(trial, 0, me, argument, second);
        const next = trial[0];
        if (next !== w && atomic.compareExchange(data, at, w, next) !== w) continue;
        if (atomic.load(data, at + SLEEPERS) !== 0) this.#wake(operation, at);
        return result;
      }
      if (--looks > 0) continue;
      if (operation.giveUp !== undefined) {
        deadline ||= this.#deadline(second);
        if (this.#board.host.now() >= deadline) return operation.giveUp(trial, 0, me, argument);
      }
      this.#sleep(operation, object, argument, at, w, deadline);
      looks = 1;
    }
  }

  /** Wakes those who can use a change of the word at `at`. */
  #wake(operation: Operation, at: number): void {
    if (operation.wakes !== 'none') this.#board.host.wake(DATA + at, operation.wakes === 'one' ? 1 : ALL);
  }

  #onRecord(
    operation: Operation,
    object: Shared,
    argument: number,
    second: number,
    more: number,
    last: number,
  ): number {
    const { data, me } = this.#board;
    const { at } = object;
    let deadline = 0;
    for (;;) {
      this.#lock(at);
      const complaint = operation.misuse?.(data, at, me, argument);
      if (complaint !== undefined) {
        this.#unlock(at);
        this.misuse(object, complaint);
      }
      if (operation.ready(data, at, me, argument)) {
        const ways = operation.choices?.(data, at, me, argument) ?? 0;
        const b = ways > 0 ? below(this.#random, 0, ways) : second;
        const result = operation.take(data, at, me, argument, b, more, last);
        this.#changed(operation, at);
        return result;
      }
      if (operation.giveUp !== undefined) {
        deadline ||= this.#deadline(second);
        if (this.#board.host.now() >= deadline) {
          const result = operation.giveUp(data, at, me, argument);
          this.#changed(operation, at);
          return result;
        }
      }
      const changes = data[at + CHANGES];
      this.#unlock(at);
      this.#sleep(operation, object, argument, at + CHANGES, changes, deadline);
    }
  }

  /** Ends a change of a record: counts it, unlocks, and wakes those who wait for a change. */
  #changed(operation: Operation, at: number): void {
    const { data, host } = this.#board;
    atomic.add(data, at + CHANGES, 1);
    this.#unlock(at);
    if (operation.wakes !== 'none' && atomic.load(data, at + SLEEPERS) !== 0)
      host.wake(DATA + at + CHANGES, ALL);
  }

  // The record's lock: 0 free, 1 held, 2 held and somebody sleeps (Drepper, "Futexes are tricky", 2011, mutex 2).
  #lock(at: number): void {
    const { data, control, host } = this.#board;
    const word = at + RECORD_LOCK;
    let c = atomic.compareExchange(data, word, 0, 1);
    if (c === 0) return;
    if (c !== 2) c = atomic.exchange(data, word, 2);
    while (c !== 0) {
      if (control[Run.STATE] !== Ending.RUNNING) leave(this.#board);
      host.waitFor(DATA + word, 2, 10);
      c = atomic.exchange(data, word, 2);
    }
  }

  #unlock(at: number): void {
    const { data, host } = this.#board;
    const word = at + RECORD_LOCK;
    if (atomic.exchange(data, word, 0) === 2) host.wake(DATA + word, 1);
  }

  #deadline(milliseconds: number): number {
    return this.#board.host.now() + milliseconds;
  }

  /** Sleeps while word `word` of the data is `value`, having published what for. */
  #sleep(
    operation: Operation,
    object: Shared,
    argument: number,
    word: number,
    value: number,
    deadline: number,
  ): void {
    const { control, data, host } = this.#board;
    const slot = this.#slot;
    atomic.add(data, object.at + SLEEPERS, 1);
    control[slot + Slot.OPERATION] = operation.code;
    control[slot + Slot.OBJECT] = object.id;
    control[slot + Slot.AT] = object.at;
    control[slot + Slot.ARGUMENT] = argument;
    atomic.store(control, slot + Slot.SLEEPS_ON, DATA + word);
    atomic.add(control, slot + Slot.SLEEPS, 1);
    atomic.store(control, slot + Slot.STATUS, Status.STANDING);
    if (atomic.load(control, Run.STATE) === Ending.RUNNING) {
      if (deadline > 0) host.waitFor(DATA + word, value, Math.max(0, deadline - host.now()));
      else host.wait(DATA + word, value);
    }
    if (control[Run.STATE] !== Ending.RUNNING) {
      // The slot goes on saying what it waited for; where, is looked at only now, when it costs nothing.
      if (control[Run.STATE] === Ending.DEADLOCK) mark(this.#board, position());
      leave(this.#board);
    }
    atomic.store(control, slot + Slot.STATUS, Status.MOVING);
    atomic.add(control, slot + Slot.SLEEPS, 1);
    atomic.store(control, slot + Slot.SLEEPS_ON, 0);
    atomic.sub(data, object.at + SLEEPERS, 1);
  }

  #count(): void {
    if ((++this.#steps & this.#seldom) === 0) this.#look();
  }

  /** At one step in 1024 (at every one, if there is noise): is the run over? */
  #look(): void {
    const { control } = this.#board;
    if (control[Run.STATE] !== Ending.RUNNING || hasLeft()) leave(this.#board);
    if ((this.#steps & SELDOM) === 0) control[this.#slot + Slot.KILOSTEPS]++;
    if (this.#noise) this.#disturb();
  }

  /** Gives way for a moment at one step in sixteen. */
  #disturb(): void {
    if (below(this.#random, 0, 16) !== 0) return;
    this.#board.host.waitFor(Run.NEVER, 0, below(this.#random, 0, 4) === 0 ? 0.05 : 0);
  }

  attempt(operation: Operation, object: Shared, argument: number, call: () => number): number {
    if (!this.#open) throw new OutsideRole();
    this.#count();
    const { control, data, me } = this.#board;
    const slot = this.#slot;
    operation.take(data, object.at, me, argument, NOT_YET); // so it is shown while the call may wait
    control[slot + Slot.OPERATION] = operation.code;
    control[slot + Slot.OBJECT] = object.id;
    control[slot + Slot.AT] = object.at;
    control[slot + Slot.ARGUMENT] = argument;
    atomic.add(control, slot + Slot.SLEEPS, 1);
    atomic.store(control, slot + Slot.STATUS, Status.STANDING);
    const given = call();
    if (control[Run.STATE] !== Ending.RUNNING) leave(this.#board);
    atomic.store(control, slot + Slot.STATUS, Status.MOVING);
    atomic.add(control, slot + Slot.SLEEPS, 1);
    return given;
  }

  read(object: Shared, index: number): number {
    if (this.#noise) this.#disturb();
    const { data, dataDoubles } = this.#board;
    return load(data, dataDoubles, elementOf(object.kind) as ElementKind, object.at, index);
  }

  write(object: Shared, index: number, value: number): void {
    if (this.#noise) this.#disturb();
    const kind = elementOf(object.kind) as ElementKind;
    const { data, dataDoubles } = this.#board;
    save(data, dataDoubles, kind, object.at, index, coerce(kind, value));
  }

  event(number: number, value: number): void {
    if (hasLeft()) leave(this.#board);
    this.#count();
    const { control, trace, me } = this.#board;
    const n = atomic.add(control, Run.EVENTS, 1);
    if (n >= MAX_EVENTS) return;
    const at = n * EVENT_WORDS;
    trace[at] = me;
    trace[at + 1] = number;
    trace[at + 2] = value;
  }

  pause(milliseconds: number): void {
    this.#count();
    if (milliseconds <= 0) return;
    // On the word that tells how the run stands, so that its end wakes sleepers too, and finds them gone.
    const { control, host } = this.#board;
    const sleepsOn = this.#slot + Slot.SLEEPS_ON;
    atomic.store(control, sleepsOn, Run.STATE);
    host.waitFor(Run.STATE, Ending.RUNNING, milliseconds);
    atomic.store(control, sleepsOn, 0);
    if (control[Run.STATE] !== Ending.RUNNING) leave(this.#board);
  }

  misuse(object: Shared, message: string): never {
    const board = this.#board;
    board.control[this.#slot + Slot.OBJECT] = object.id;
    say(board, message, position());
    end(board, Ending.MISUSE);
    return leave(board);
  }

  bare(object: Shared): ArrayLike<number> | undefined {
    const { buffer } = this.#board.host;
    const byte = (DATA + object.at + HEAD) * 4;
    // share runs before begin(): the flags are those of this run, the fields still those of the one before.
    if ((this.#board.control[Run.FLAGS] & Flag.NOISE) !== 0) return undefined;
    if (object.kind === 'int32Array') return new BareInt32Array(buffer, byte, object.length);
    if (object.kind === 'uint32Array') return new BareUint32Array(buffer, byte, object.length);
    if (object.kind === 'float64Array') return new BareFloat64Array(buffer, byte, object.length);
    return undefined;
  }

  /** The role has ended, well or by a crash. */
  done(status: number): void {
    this.#open = false;
    const { control } = this.#board;
    if (control[Run.STATE] !== Ending.RUNNING) return;
    atomic.store(control, this.#slot + Slot.STATUS, status);
    if (status === Status.CRASHED) end(this.#board, control[this.#slot + Slot.CAUSE]);
  }
}
