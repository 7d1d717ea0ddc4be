/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception With two copies the writer is always in the other one.
 * @smallest {"readers":1,"writes":2,"reads":1}
 */
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

const copy = (): readonly AtomicInt32[] => [atomicInt32(), atomicInt32(), atomicInt32()];

export default solve(problem, {
  share: () => ({ version: atomicInt32(), copies: [copy(), copy()] }),

  writer({ version, copies }, me) {
    for (const value of me.values) {
      const next = version.load() + 1;
      for (const [i, word] of copies[next % 2].entries()) word.store(value[i]);
      version.store(next);
      me.done();
    }
  },

  reader({ version, copies }, me) {
    for (const _call of me.calls) {
      const [first, second, third] = copies[version.load() % 2].map((word) => word.load());
      me.answer(first, second, third);
    }
  },
});
