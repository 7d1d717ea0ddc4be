// The public face: what a problem or a solution may import as 'interleave'.

export type { Data } from './ipc/bytes.ts';
export { int32In, textIn } from './ipc/bytes.ts';
export { IpcError } from './ipc/ipc-error.ts';
export type { Message } from './ipc/message.ts';
export { type Pipe, type PipeReader, type PipeWriter, pipe } from './ipc/pipe.ts';
export { type PosixMessage, type PosixQueue, posixQueue } from './ipc/posix-queue.ts';
export { type SysvMessage, type SysvQueue, sysvQueue } from './ipc/sysv-queue.ts';
export type { Happening, Model } from './problem/model.ts';
export { between } from './problem/parameter.ts';
export { problem, type World } from './problem/problem.ts';
export { sequential } from './problem/sequential.ts';
export type { SequentialObject } from './problem/sequential-object.ts';
export { solve } from './problem/solve.ts';
export { boolArray, float64Array, int32Array, type SharedArray, uint32Array } from './shared/array.ts';
export { bool, type Cell, float64, int32, uint32 } from './shared/cell.ts';
export { sleep } from './shared/sleep.ts';
export { type AtomicInt32, atomicInt32 } from './sync/atomic.ts';
export { type Barrier, barrier } from './sync/barrier.ts';
export { type Condition, condition } from './sync/condition.ts';
export { type Event, event } from './sync/event.ts';
export { type Latch, latch } from './sync/latch.ts';
export { type Mutex, mutex, type RobustMutex } from './sync/mutex.ts';
export { type Rwlock, rwlock } from './sync/rwlock.ts';
export { type Semaphore, type Strength, semaphore } from './sync/semaphore.ts';
