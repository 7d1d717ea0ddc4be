// A counter that survives: your solution. The rules are in problems/crash-safe-counter/README.md.
//
// What you may import and create in share:
//   mutex({ robust: true })       lock(), unlock(), ownerDied, consistent()
//   semaphore(n, { undo: true })  wait(), tryWait(), post()
//   int32(0)                      a number: total.value
//   int32Array(length)            numbers: pages[i], pages.length
//   atomicInt32(0)                load(), store(n), add(n), exchange(n), compareAndSet(expected, n)
import { solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  // Creates what all processes share. c.clerks is the number of clerks, c.visitors how many each of them serves.
  share: (_c) => ({}),

  clerk(_shared, me) {
    for (const price of me.prices) {
      throw new Error(
        `implement clerk: book ${price}, then me.receipt(visitors so far, money so far). You may be killed at any step`,
      );
    }
  },
});
