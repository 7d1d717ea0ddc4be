// What the two processes do while a line is measured. The mark of a message says what comes next, so that the side that
// measures decides how many there are.
import type { Line } from './line.ts';
import { percentiles, type Sample } from './samples.ts';

/** Marks: send the same back; take the next one; take no more and send one back; it is over. */
const Mark = { BACK: 1, TAKE: 2, LAST: 3, OVER: 4 } as const;

/** Round trips before those that count. */
const WARM = 50;
/** Most round trips, and most messages one way, of one size. */
const MOST = 20_000;

/** Bytes on the way at most where messages can be lost. */
const WINDOW = 65_536;

/** Measures: messages of `bytes` bytes, `milliseconds` for round trips and about as long for messages one way. */
export function measure(
  line: Line,
  bytes: number,
  milliseconds: number,
  now: () => number,
  lossy = false,
): Sample {
  const trip = (): number => {
    const began = now();
    line.send(bytes, Mark.BACK);
    line.receive(bytes);
    return now() - began;
  };
  let warm = 0;
  for (let i = 0; i < WARM && warm < milliseconds; i++) warm += trip();
  const times: number[] = [];
  for (const until = now() + milliseconds; now() < until && times.length < MOST; ) times.push(trip() * 1000);
  const { median, p99 } = percentiles(times);
  const count = Math.max(5, Math.min(MOST, Math.floor((milliseconds * 1000) / median)));
  const began = now();
  const window = lossy ? Math.max(1, Math.min(16, Math.floor(WINDOW / bytes))) : count;
  for (let i = 1; i < count; i++) {
    const waits = i % window === 0;
    line.send(bytes, waits ? Mark.BACK : Mark.TAKE);
    if (waits) line.receive(bytes);
  }
  line.send(bytes, Mark.LAST);
  line.receive(bytes);
  return { bytes, median, p99, rate: (count * 1000) / (now() - began) };
}

/** Answers whoever measures, until it says that it is over. */
export function answer(line: Line, bytes: number): void {
  for (;;) {
    const mark = line.receive(bytes);
    if (mark === Mark.BACK || mark === Mark.LAST) line.send(bytes, 0);
    if (mark === Mark.OVER) return;
  }
}

/** Says that it is over. */
export function finish(line: Line, bytes: number): void {
  line.send(bytes, Mark.OVER);
}
