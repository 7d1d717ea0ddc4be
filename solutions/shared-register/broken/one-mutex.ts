/**
 * @finding forbidden
 * @misconception Nothing that belongs together can be read without a mutex.
 */
import { int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

export default solve(problem, {
  share: () => ({ lock: mutex(), words: int32Array(3) }),

  writer({ lock, words }, me) {
    for (const [first, second, third] of me.values) {
      lock.lock();
      words[0] = first;
      words[1] = second;
      words[2] = third;
      lock.unlock();
      me.done();
    }
  },

  reader({ lock, words }, me) {
    for (const _call of me.calls) {
      lock.lock();
      const [first, second, third] = words;
      lock.unlock();
      me.answer(first, second, third);
    }
  },
});
