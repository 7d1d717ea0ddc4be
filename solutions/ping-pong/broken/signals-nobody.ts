/**
 * @finding deadlock
 * @misconception A signal is kept until somebody waits for it.
 */
import { pthreadCondition, pthreadMutex, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ mutex: pthreadMutex(), there: pthreadCondition(), back: pthreadCondition() }),

  server({ mutex, there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      mutex.lock();
      me.hit(2 * rally + 1);
      there.signal();
      back.wait(mutex);
      mutex.unlock();
    }
  },

  returner({ mutex, there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      mutex.lock();
      there.wait(mutex);
      me.hit(2 * rally + 2);
      back.signal();
      mutex.unlock();
    }
  },
});
