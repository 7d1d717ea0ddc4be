// A step on one word of the segment, as WebAssembly: there a compare-and-swap is one instruction of the processor,
// where V8 calls a built-in for each function of Atomics, which takes longer than the step. The module's memory is the
// segment: the segment's descriptor is mapped in its place, in every worker.

import { mapOver } from '../os/mmap.ts';

/**
 * Adds `by` to word `word` of the segment where that is from `least` to `most`. Returns the word behind it, read
 * afterwards; -1 where the word is out of bounds, or has just changed: then nothing has happened.
 */
export type TryShift = (word: number, least: number, most: number, by: number) => number;

/** What is used of WebAssembly, which Node's types leave to the DOM's. */
export interface Wasm {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => { buffer: SharedArrayBuffer };
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
}

/** That of Node's own realm. */
export const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm };

const PAGE = 65_536;

/**
 * Of the segment with descriptor `fd`. Throws SystemCallError.
 * @param Instance WebAssembly.Instance of the realm that calls: V8 takes no calls in line from another
 */
export function tryShiftIn(fd: number, bytes: number, Instance: Wasm['Instance']): TryShift {
  const { Memory, Module } = WebAssembly;
  const pages = Math.ceil(bytes / PAGE);
  const memory = new Memory({ initial: pages, maximum: pages, shared: true });
  mapOver(new Uint8Array(memory.buffer, 0, bytes), fd);
  const { exports } = new Instance(new Module(code(pages)), { lab: { memory } });
  return exports.tryShift as TryShift;
}

// The binary format: https://webassembly.github.io/spec/core/binary/, https://github.com/WebAssembly/threads.
const I32 = 0x7f;
const SHARED = 3;
const op = {
  get: 0x20,
  tee: 0x22,
  i32: 0x41,
  if: 0x04,
  nothing: 0x40,
  return: 0x0f,
  end: 0x0b,
  less: 0x48,
  greater: 0x4a,
  differs: 0x47,
  add: 0x6a,
  or: 0x72,
  shiftLeft: 0x74,
  atomicLoad: [0xfe, 0x10],
  compareExchange: [0xfe, 0x48],
} as const;
const ALIGNED = 2;
const MINUS_ONE = 0x7f;

/** An unsigned number, in LEB128. */
function number(n: number): number[] {
  const low = n & 0x7f;
  return n < 0x80 ? [low] : [low | 0x80, ...number(n >>> 7)];
}
const counted = (bytes: readonly number[]): number[] => [...number(bytes.length), ...bytes];
const section = (id: number, ...bytes: number[]): number[] => [id, ...counted(bytes)];
const name = (text: string): number[] => counted([...text].map((c) => c.charCodeAt(0)));

function code(pages: number): Uint8Array<ArrayBuffer> {
  const [word, least, most, by, was] = [0, 1, 2, 3, 4];
  const giveUp = [op.if, op.nothing, op.i32, MINUS_ONE, op.return, op.end];
  const body = [
    ...[1, 1, I32], // one local of its own: was
    ...[op.get, word, op.i32, 2, op.shiftLeft, op.tee, word], // in bytes from here on
    ...[...op.atomicLoad, ALIGNED, 0, op.tee, was],
    ...[op.get, least, op.less, op.get, was, op.get, most, op.greater, op.or, ...giveUp],
    ...[op.get, word, op.get, was, op.get, was, op.get, by, op.add],
    ...[...op.compareExchange, ALIGNED, 0, op.get, was, op.differs, ...giveUp],
    ...[op.get, word, ...op.atomicLoad, ALIGNED, 4],
    op.end,
  ];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 4, I32, I32, I32, I32, 1, I32),
    ...section(2, 1, ...name('lab'), ...name('memory'), 2, SHARED, ...number(pages), ...number(pages)),
    ...section(3, 1, 0),
    ...section(7, 1, ...name('tryShift'), 0, 0),
    ...section(10, 1, ...counted(body)),
  ]);
}
