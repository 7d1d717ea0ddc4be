// One word: both numbers stand in a single one, so that a single step books a visitor. Nobody can be killed in the middle
// of a step, and no lock means that nobody can take one with it. It only works as long as both fit.
// Source: fetch-and-add (Kruskal, Rudolph, Snir, "Efficient synchronization on multiprocessors with shared memory", ACM
// TOPLAS 10(4), 1988).
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

/** The total in the lower bits, the visitors above them. */
const LIMIT = 1 << 19;

export default solve(problem, {
  share: () => ({ books: atomicInt32() }),

  clerk({ books }, me) {
    for (const price of me.prices) {
      const after = books.add(LIMIT + price) + LIMIT + price;
      me.receipt(Math.floor(after / LIMIT), after % LIMIT);
    }
  },
});
