// Two semaphores, one for each player: whose is posted has the ball. The number on it lies in shared memory, and nobody
// but who has the ball touches it.
import { int32, posixSemaphore, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ servers: posixSemaphore(1), returners: posixSemaphore(0), strokes: int32(0) }),

  server({ servers, returners, strokes }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      servers.wait();
      me.hit(++strokes.value);
      returners.post();
    }
    servers.wait();
  },

  returner({ servers, returners, strokes }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      returners.wait();
      me.hit(++strokes.value);
      servers.post();
    }
  },
});
