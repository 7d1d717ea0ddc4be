// Store buffers, done again as a trace tells of them: first in, first out, one's own writes seen before they reach
// memory, and empty wherever a process waits for that. A trace without them has nothing to be wrong about.
import { fences } from '../process/store-buffer.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { bufferOperations, plainOperations } from '../sync/operations.ts';
import type { RunView } from './run-view.ts';

const { read, write } = plainOperations;
const { flush } = bufferOperations;

/** A write that has not reached memory. */
interface Held {
  readonly object: number;
  readonly index: number;
  readonly value: number;
}

export class BufferAudit {
  readonly #view: RunView;
  #held: Held[][] | undefined;

  constructor(view: RunView) {
    this.#view = view;
  }

  /** What is wrong with the step whose record begins at word `at`; the steps must be asked about in their order. */
  wrong(at: number): string | undefined {
    const { trace, doubles, processes } = this.#view;
    const process = trace[at + Field.PROCESS];
    const code = trace[at + Field.OPERATION];
    const object = trace[at + Field.OBJECT];
    const index = trace[at + Field.INDEX];
    const value = doubles[(at + Field.AFTER) >> 1];
    const isBuffered = (trace[at + Field.BITS] & Bit.BUFFERED) !== 0;
    if (code === flush.code) {
      const first = process < processes ? undefined : this.#held?.[process - processes].shift();
      if (first === undefined) return 'nothing was in the buffer that came to memory';
      const same = first.object === object && first.index === index && Object.is(first.value, value);
      return same ? undefined : 'another write came to memory than the oldest in the buffer';
    }
    if (code === write.code && isBuffered) {
      this.#held ??= Array.from({ length: processes }, () => []);
      this.#held[process].push({ object, index, value });
      return undefined;
    }
    const held = this.#held?.[process] ?? [];
    if (code !== read.code) {
      return fences[code] === 1 && held.length > 0 ? 'taken before the buffer had come to memory' : undefined;
    }
    const own = held.findLast((one) => one.object === object && one.index === index);
    if ((own !== undefined) !== isBuffered) return 'read from the wrong place';
    return own === undefined || Object.is(own.value, value) ? undefined : 'did not read its own write';
  }
}
