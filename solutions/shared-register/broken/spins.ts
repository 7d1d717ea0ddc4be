/**
 * @finding busy-waiting|livelock|non-terminating
 * @misconception A lock that I make myself of a variable is no lock.
 * @smallest {"readers":1,"writes":1,"reads":1}
 */
import { atomicInt32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

export default solve(problem, {
  share: () => ({ taken: atomicInt32(), words: int32Array(3) }),

  writer({ taken, words }, me) {
    for (const [first, second, third] of me.values) {
      while (taken.exchange(1) === 1) while (taken.load() === 1);
      words[0] = first;
      words[1] = second;
      words[2] = third;
      taken.store(0);
      me.done();
    }
  },

  reader({ taken, words }, me) {
    for (const _call of me.calls) {
      while (taken.exchange(1) === 1) while (taken.load() === 1);
      const [first, second, third] = [words[0], words[1], words[2]];
      taken.store(0);
      me.answer(first, second, third);
    }
  },
});
