// Philosophers whom nobody starves: your solution. The rules are in problems/fair-philosophers/README.md.
//
// What you may import and create in share:
//   mutex()               lock(), tryLock(), unlock()
//   semaphore(n)          wait(), tryWait(), post(); semaphore(n, { strength: 'fifo' }) keeps a queue
//   condition()           wait(mutex), signal(), broadcast()
//   boolArray(length)     truth values: taken[i]
//   int32Array(length)    numbers: state[i]
import { solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  // Creates what all processes share. c.seats is the number of philosophers, and of forks.
  share: (_c) => ({}),

  // me.seat, me.left and me.right are numbers: of the seat, and of the forks at its left and right hand.
  philosopher(_shared, me) {
    for (const meal of me.meals) {
      me.think();
      throw new Error(`implement philosopher: get in line, me.hungry(), get both forks, me.eat(${meal})`);
    }
  },
});
