// One set of two semaphores, 0 for the server and 1 for the returner. Each knows the number of its strokes without being
// told: the first is 1 and 2, and each has every other one.
import { solve, sysvSemaphore } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ turn: sysvSemaphore([1, 0]) }),

  server({ turn }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      turn.semop([[0, -1]]);
      me.hit(2 * rally + 1);
      turn.semop([[1, 1]]);
    }
  },

  returner({ turn }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      turn.semop([[1, -1]]);
      me.hit(2 * rally + 2);
      turn.semop([[0, 1]]);
    }
  },
});
