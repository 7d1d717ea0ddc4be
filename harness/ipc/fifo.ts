// The named pipe (fifo(7)): a pipe that nobody has open at first. To open one end blocks until another process opens the
// other end. Its reader sees the end of the stream when the last writer has closed, also where others will open it later;
// whoever opens it then goes on with the same stream.
import { made } from '../shared/arena.ts';
import { NOT_YET } from '../shared/kernel.ts';
import { HEAD, type Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { checked } from './checked.ts';
import { Descriptor } from './descriptor.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { onKernelObject } from './operation.ts';
import {
  BROKEN,
  CAPACITY,
  type PipeReader,
  type PipeWriter,
  Reader,
  streamOperations,
  Writer,
} from './stream.ts';

/** What the record counts, so that a controlled run knows who need not wait: ends that are open, and that ever were. */
const Count = { READERS: 0, WRITERS: 1, READER_OPENS: 2, WRITER_OPENS: 3, WORDS: 4 } as const;

/** Having opened an end, the process waits for the other one. */
const WAITS = 1;

const { read, closeReader, write, closeWriter } = streamOperations('fifo', {
  reader: 'openReader',
  writer: 'openWriter',
});
const opens = (end: string, other: string): Operation => ({
  ...onKernelObject('fifo', `open${end}`, {
    shows: (_, result) => (result === WAITS ? `() waits for a ${other}` : '()'),
  }),
  take: (m, at, me, _argument, given) => {
    m[at] = (m[at] + 1) | 0;
    if (given === WAITS) m[at + HEAD + me] = m[at]; // until somebody else touches it
    return given;
  },
});
/** The second half of an open that had to wait; in free runs the whole of it. */
const returns = (end: string, other: string): Operation =>
  onKernelObject('fifo', `open${end}`, { shows: () => `() goes on: a ${other} has come` });

export const fifoOperations = {
  openReader: opens('Reader', 'writer'),
  readerOpen: returns('Reader', 'writer'),
  openWriter: opens('Writer', 'reader'),
  writerOpen: returns('Writer', 'reader'),
  read,
  closeReader,
  write,
  closeWriter,
};

const ENDS = {
  reader: {
    opens: fifoOperations.openReader,
    returns: fifoOperations.readerOpen,
    mine: Count.READERS,
    myOpens: Count.READER_OPENS,
    others: Count.WRITERS,
    otherOpens: Count.WRITER_OPENS,
  },
  writer: {
    opens: fifoOperations.openWriter,
    returns: fifoOperations.writerOpen,
    mine: Count.WRITERS,
    myOpens: Count.WRITER_OPENS,
    others: Count.READERS,
    otherOpens: Count.READER_OPENS,
  },
} as const;

/** A FIFO. No process has an end of it open until it opens one. */
export interface Fifo {
  /** Opens the end that is read; blocks until some process opens the other one (open(2), O_RDONLY). */
  openReader(): PipeReader;
  /** Opens the end that is written; blocks until some process opens the other one (open(2), O_WRONLY). */
  openWriter(): PipeWriter;
}

class Named implements Fifo {
  readonly #of: KernelObject;
  readonly #capacity: number;

  constructor(of: KernelObject, capacity: number) {
    this.#of = of;
    this.#capacity = capacity;
  }

  openReader(): PipeReader {
    return new Reader(this.#open('reader', closeReader), this.#of.kernel, read);
  }

  openWriter(): PipeWriter {
    return new Writer(this.#open('writer', closeWriter), this.#of.kernel, write);
  }

  #open(end: 'reader' | 'writer', close: Operation): Descriptor {
    const { object, way, kernel, handles, record } = this.#of;
    const { words, at } = record;
    const [file, blocks] = handles;
    const { opens, returns, mine, myOpens, others, otherOpens } = ENDS[end];
    let descriptor: Descriptor | undefined;
    const open = (): number => {
      const fd = kernel.calls.openFifo(file, end, this.#capacity, blocks === 1);
      if (fd < 0) return fd;
      const closing = (open: number): number => {
        if (!blocks) words[at + mine]--;
        return kernel.calls.close(open);
      };
      const opened = new Descriptor(object, way, kernel, fd, close, BROKEN, closing);
      kernel.atEnd(() => opened.abandon());
      descriptor = opened;
      return 0;
    };
    let seen = 0;
    // What fifo_open of the kernel does, in two steps: who waits is counted as open already, and an opening is not missed
    // where the other end was closed again since. In free runs the kernel does it.
    let given: number = way.attempt(blocks ? returns : opens, object, 0, () => {
      const result = open();
      if (blocks || result < 0) return result;
      words[at + mine]++;
      words[at + myOpens]++;
      seen = words[at + otherOpens];
      return words[at + others] > 0 ? 0 : WAITS;
    });
    if (given === WAITS) {
      given = way.attempt(returns, object, 0, () => (words[at + otherOpens] === seen ? NOT_YET : 0));
    }
    if (descriptor === undefined) throw new IpcError(`fifo ${opens.name}`, -given);
    return descriptor;
  }
}
sealed(Named);

/**
 * Creates a FIFO.
 * @param options.capacity bytes that it holds, 4,096 to 1,048,576, rounded up to pages. Default 65,536.
 */
export function fifo(options: { capacity?: number } = {}): Fifo {
  const { capacity = 65_536 } = options;
  checked('fifo with a capacity', capacity, CAPACITY.least, CAPACITY.most, 'bytes');
  const of = kernelObject('fifo', { capacity }, () => Count.WORDS);
  return made(Object.freeze(new Named(of, capacity)), of.object);
}
