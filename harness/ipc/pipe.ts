// The anonymous pipe (pipe(7)): bytes in order, without boundaries; writes of up to PIPE_BUF bytes are not torn apart. As
// after fork(2), every process has both ends open until it closes them. A reader sees the end of the stream only when
// nobody has the writing end open any more, the reader itself included.
import { made } from '../shared/arena.ts';
import { checked } from './checked.ts';
import { Descriptor } from './descriptor.ts';
import { kernelObject } from './kernel-object.ts';
import {
  BROKEN,
  CAPACITY,
  type PipeReader,
  type PipeWriter,
  Reader,
  streamOperations,
  Writer,
} from './stream.ts';

export const pipeOperations = streamOperations('pipe');
const { read, closeReader, write, closeWriter } = pipeOperations;

/** A pipe that all processes of the run have open, both ends. */
export interface Pipe {
  readonly reader: PipeReader;
  readonly writer: PipeWriter;
}

/**
 * Creates a pipe.
 * @param options.capacity bytes that it holds, 4,096 to 1,048,576, rounded up to pages. Default 65,536.
 */
export function pipe(options: { capacity?: number } = {}): Pipe {
  const { capacity = 65_536 } = options;
  checked('pipe with a capacity', capacity, CAPACITY.least, CAPACITY.most, 'bytes');
  const { object, way, kernel, handles } = kernelObject('pipe', { capacity });
  const reader = new Reader(new Descriptor(object, way, kernel, handles[0], closeReader), kernel, read);
  const writer = new Writer(
    new Descriptor(object, way, kernel, handles[1], closeWriter, BROKEN),
    kernel,
    write,
  );
  return made(Object.freeze({ reader, writer }), object);
}
