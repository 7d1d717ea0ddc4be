/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception If every reader gets whole values and never goes back, they all see the same register.
 * @smallest {"readers":2,"writes":1,"reads":1}
 */
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

const copy = (): readonly AtomicInt32[] => [atomicInt32(), atomicInt32(), atomicInt32()];

// One reader has the new value while the other one's copy is still the old: who reads later sees less. Lamport calls
// such a register regular, and not atomic.
export default solve(problem, {
  share: (c) => ({
    boards: Array.from({ length: c.readers }, () => ({ version: atomicInt32(), copies: [copy(), copy()] })),
  }),

  writer({ boards }, me) {
    for (const value of me.values) {
      for (const { version, copies } of boards) {
        const next = version.load() + 1;
        for (const [i, word] of copies[next % 2].entries()) word.store(value[i]);
        version.store(next);
      }
      me.done();
    }
  },

  reader({ boards }, me) {
    const { version, copies } = boards[me.number];
    for (const _call of me.calls) {
      for (;;) {
        const seen = version.load();
        const [first, second, third] = copies[seen % 2].map((word) => word.load());
        if (version.load() !== seen) continue;
        me.answer(first, second, third);
        break;
      }
    }
  },
});
