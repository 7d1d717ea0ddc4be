// One channel for both ways. Without room in it, who sends and who receives meet: nobody can receive what it has sent
// itself, and whoever has sent knows that the other one has the ball.
// Source: C. A. R. Hoare, "Communicating sequential processes", CACM 21(8), 1978.
import { channel, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ ball: channel() }),

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
