// Every mechanism that `lab compare` measures, in the order of its table.
import { int32Array, type Pipe, pipe, type Semaphore, type SharedArray, semaphore } from '../index.ts';
import { type Line, overStreams, type Row } from './line.ts';

/** One way of a line over shared memory: a slot for a message, and two semaphores that say whether it is full. */
interface Slot {
  readonly words: SharedArray<number>;
  readonly full: Semaphore;
  readonly empty: Semaphore;
}

const slotOf = (bytes: number): Slot => ({
  words: int32Array(bytes / 4),
  full: semaphore(0),
  empty: semaphore(1),
});

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

const memory: Row = {
  name: 'shared memory',
  real: 'int32Array and semaphore: memfd, mmap, futex',
  share: () => [slotOf(SLOT), slotOf(SLOT)],
  line: (ways: readonly Slot[], side) => overMemory(ways[side], ways[1 - side]),
};

const pipes: Row = {
  name: 'pipe',
  real: 'pipe2',
  share: () => [pipe(), pipe()],
  line: (ways: readonly Pipe[], side) =>
    overStreams(
      (data) => ways[side].writer.write(data),
      (most) => ways[1 - side].reader.read(most),
    ),
};

export const rows: readonly Row[] = [memory, pipes];
