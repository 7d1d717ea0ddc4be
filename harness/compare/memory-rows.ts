// Rows of the comparison over shared memory: a slot for each way, and two gates a slot that say whether it is full.
import {
  eventCounter,
  int32,
  pthreadCondition,
  pthreadMutex,
  type SharedArray,
  semaphore,
  sysvSemaphore,
} from '../index.ts';
import type { Line, Row } from './line.ts';

/** Counts units: a semaphore, or what can be one. */
interface Gate {
  wait(): void;
  post(): void;
}

/** One way of a line over shared memory: a slot for a message, and two gates that say whether it is full. */
interface Slot {
  readonly words: SharedArray<number>;
  readonly full: Gate;
  readonly empty: Gate;
}

type Words = (length: number) => SharedArray<number>;

const slotOf = (words: Words, gate: (units: number) => Gate): Slot => ({
  words: words(SLOT / 4),
  full: gate(0),
  empty: gate(1),
});

/** A semaphore of a set of its own. */
export function setGate(units: number): Gate {
  const set = sysvSemaphore([units]);
  return { wait: () => set.semop([[0, -1]]), post: () => set.semop([[0, 1]]) };
}

/** An event descriptor that counts. */
export function counterGate(units: number): Gate {
  const counter = eventCounter({ initial: units, semaphore: true });
  return { wait: () => void counter.read(), post: () => counter.write() };
}

/** A monitor. */
export function monitorGate(units: number): Gate {
  const mutex = pthreadMutex();
  const more = pthreadCondition();
  const count = int32(units);
  return {
    wait() {
      mutex.lock();
      while (count.value === 0) more.wait(mutex);
      count.value--;
      mutex.unlock();
    },
    post() {
      mutex.lock();
      count.value++;
      more.signal();
      mutex.unlock();
    },
  };
}

/** Bytes of a slot; larger messages go through it in pieces. */
const SLOT = 65_536;

function overMemory(out: Slot, into: Slot): Line {
  const message = new Int32Array(SLOT / 4);
  const copy = new Int32Array(SLOT / 4);
  return {
    send(bytes, mark) {
      message[0] = mark;
      for (let left = bytes; left > 0; left -= SLOT) {
        const words = Math.ceil(Math.min(left, SLOT) / 4);
        out.empty.wait();
        fill(out.words, message, words);
        out.full.post();
        message[0] = 0;
      }
    },
    receive(bytes) {
      let mark = -1;
      for (let left = bytes; left > 0; left -= SLOT) {
        const words = Math.ceil(Math.min(left, SLOT) / 4);
        into.full.wait();
        fill(copy, into.words, words);
        into.empty.post();
        if (mark < 0) mark = copy[0];
      }
      return mark;
    },
  };
}

function fill(
  to: SharedArray<number> | Int32Array,
  from: SharedArray<number> | Int32Array,
  words: number,
): void {
  for (let i = 0; i < words; i++) (to as Int32Array)[i] = (from as Int32Array)[i];
}

/** A row whose two slots lie in memory by `words`, with gates of one kind. */
export const memoryBy = (
  name: string,
  real: string,
  words: Words,
  gate: (units: number) => Gate = semaphore,
): Row => ({
  name,
  real,
  share: () => [slotOf(words, gate), slotOf(words, gate)],
  line: (ways: readonly Slot[], side) => overMemory(ways[side], ways[1 - side]),
});
