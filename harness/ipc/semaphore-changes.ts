// What one call does to several semaphores, in one number of 32 bits, so that a trace can hold it: up to three changes
// from -16 to 15. What is more, or larger, is 0, of which nothing can be said.

/** The number of a semaphore, and what is added to it. */
export type SemaphoreChange = readonly [semaphore: number, change: number];

const fits = ([semaphore, change]: SemaphoreChange): boolean =>
  semaphore < 32 && change >= -16 && change <= 15;

/** `changes` in one number. */
export function inOneNumber(changes: readonly SemaphoreChange[]): number {
  if (changes.length > 3 || !changes.every(fits)) return 0;
  let packed = 0;
  for (const [semaphore, change] of changes.toReversed())
    packed = (packed << 10) | (semaphore << 5) | (change + 16);
  return (packed << 2) | changes.length;
}

/** The changes that the number stands for, as they are written in a call. */
export function inWords(packed: number): string {
  const count = packed & 3;
  if (count === 0) return '…';
  const changes = Array.from({ length: count }, (_, i) => {
    const one = (packed >>> (2 + 10 * i)) & 0x3ff;
    return `[${one >> 5}, ${(one & 31) - 16}]`;
  });
  return `[${changes.join(', ')}]`;
}
