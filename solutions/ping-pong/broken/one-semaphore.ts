/**
 * @finding unsafe
 * @misconception What I post, the other one takes.
 */
import { posixSemaphore, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ ball: posixSemaphore(1) }),

  server({ ball }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      ball.wait();
      me.hit(2 * rally + 1);
      ball.post();
    }
  },

  returner({ ball }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      ball.wait();
      me.hit(2 * rally + 2);
      ball.post();
    }
  },
});
