// Two event counters, one for each way. What is added to one is what is read from it, as long as nothing else is added in
// between; so the counter itself carries the number on the ball.
import { eventCounter, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: eventCounter(), back: eventCounter() }),

  server({ there, back }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      there.write(stroke + 1);
      stroke = back.read();
    }
  },

  returner({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = there.read();
      me.hit(stroke + 1);
      back.write(stroke + 1);
    }
  },
});
