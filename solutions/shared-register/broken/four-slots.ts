/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception What is right for one reader is right for several: each of them says where it reads.
 */
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

// H. R. Simpson, "Four-slot fully asynchronous communication mechanism", IEE Proceedings E 137(1), 1990: for one reader. A
// second one says where it reads in the same place, and the first is forgotten.
const slot = (): readonly AtomicInt32[] => [atomicInt32(), atomicInt32(), atomicInt32()];

export default solve(problem, {
  share: () => ({
    slots: [
      [slot(), slot()],
      [slot(), slot()],
    ],
    newest: [atomicInt32(), atomicInt32()],
    latest: atomicInt32(),
    reading: atomicInt32(),
  }),

  writer({ slots, newest, latest, reading }, me) {
    for (const value of me.values) {
      const pair = 1 - reading.load();
      const index = 1 - newest[pair].load();
      for (const [i, word] of slots[pair][index].entries()) word.store(value[i]);
      newest[pair].store(index);
      latest.store(pair);
      me.done();
    }
  },

  reader({ slots, newest, latest, reading }, me) {
    for (const _call of me.calls) {
      const pair = latest.load();
      reading.store(pair);
      const [first, second, third] = slots[pair][newest[pair].load()].map((word) => word.load());
      me.answer(first, second, third);
    }
  },
});
