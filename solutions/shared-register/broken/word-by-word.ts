/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception If each word is read and written in one step, so is the value.
 * @smallest {"readers":1,"writes":1,"reads":1}
 */
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

const copy = (): readonly AtomicInt32[] => [atomicInt32(), atomicInt32(), atomicInt32()];

export default solve(problem, {
  share: () => ({ words: copy() }),

  writer({ words }, me) {
    for (const value of me.values) {
      for (const [i, word] of words.entries()) word.store(value[i]);
      me.done();
    }
  },

  reader({ words }, me) {
    for (const _call of me.calls) {
      const [first, second, third] = words.map((word) => word.load());
      me.answer(first, second, third);
    }
  },
});
