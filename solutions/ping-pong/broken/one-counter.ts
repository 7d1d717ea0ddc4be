/**
 * @finding deadlock | unsafe
 * @misconception A counter remembers who wrote to it.
 */
import { eventCounter, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ ball: eventCounter() }),

  server({ ball }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      ball.write(stroke + 1);
      stroke = ball.read();
    }
  },

  returner({ ball }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = ball.read();
      me.hit(stroke + 1);
      ball.write(stroke + 1);
    }
  },
});
