// Two copies and a version, whose last bit says which copy is the one to read. The writer fills the other one and then
// counts the version up. A reader that finds the version as it was has read a copy that nobody was writing; if not, it
// reads again, and then somebody else has got on with his work meanwhile. After Lamport, "Concurrent reading and
// writing", Communications of the ACM 20(11), 1977.
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
