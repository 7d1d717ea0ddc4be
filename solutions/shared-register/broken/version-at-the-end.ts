/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception A version that is counted up when the write is done tells a reader whether anybody has written meanwhile.
 * @smallest {"readers":1,"writes":1,"reads":1}
 */
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

const copy = (): readonly AtomicInt32[] => [atomicInt32(), atomicInt32(), atomicInt32()];

// It does not tell whether anybody is writing still.
export default solve(problem, {
  share: () => ({ version: atomicInt32(), words: copy() }),

  writer({ version, words }, me) {
    for (const value of me.values) {
      for (const [i, word] of words.entries()) word.store(value[i]);
      version.add(1);
      me.done();
    }
  },

  reader({ version, words }, me) {
    for (const _call of me.calls) {
      for (;;) {
        const seen = version.load();
        const [first, second, third] = words.map((word) => word.load());
        if (version.load() !== seen) continue;
        me.answer(first, second, third);
        break;
      }
    }
  },
});
