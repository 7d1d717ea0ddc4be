// A monitor of POSIX threads: the number on the ball, a mutex that guards it, and a condition on which a player waits
// until the number says that it is its turn.
import { int32, pthreadCondition, pthreadMutex, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ mutex: pthreadMutex(), hit: pthreadCondition(), strokes: int32(0) }),

  server({ mutex, hit, strokes }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      mutex.lock();
      while (strokes.value % 2 !== 0) hit.wait(mutex);
      me.hit(++strokes.value);
      hit.signal();
      mutex.unlock();
    }
  },

  returner({ mutex, hit, strokes }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      mutex.lock();
      while (strokes.value % 2 !== 1) hit.wait(mutex);
      me.hit(++strokes.value);
      hit.signal();
      mutex.unlock();
    }
  },
});
