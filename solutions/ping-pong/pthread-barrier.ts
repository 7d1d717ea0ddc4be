// A barrier of POSIX threads ends every stroke: both come to it, one having hit the ball, the other having watched.
import { pthreadBarrier, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ stroke: pthreadBarrier(2) }),

  server({ stroke }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(2 * rally + 1);
      stroke.wait();
      stroke.wait();
    }
  },

  returner({ stroke }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      stroke.wait();
      me.hit(2 * rally + 2);
      stroke.wait();
    }
  },
});
