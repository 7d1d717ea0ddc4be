/**
 * @finding unsafe
 * @misconception When the ball has been taken, it has been hit.
 */
import { solve, sysvSemaphore } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ flying: sysvSemaphore([0]) }),

  server({ flying }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      flying.semop([[0, 0]]);
      me.hit(2 * rally + 1);
      flying.semop([[0, 1]]);
    }
  },

  returner({ flying }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      flying.semop([[0, -1]]);
      me.hit(2 * rally + 2);
    }
  },
});
