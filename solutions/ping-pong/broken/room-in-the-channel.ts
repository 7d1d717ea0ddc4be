/**
 * @finding deadlock
 * @misconception A channel with a little room in it does the same, and is faster.
 * @smallest {"rallies":1}
 */
import { channel, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ ball: channel(1) }),

  server({ ball }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      ball.send(stroke + 1);
      stroke = ball.receive() ?? 0;
    }
  },

  returner({ ball }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = ball.receive() ?? 0;
      me.hit(stroke + 1);
      ball.send(stroke + 1);
    }
  },
});
