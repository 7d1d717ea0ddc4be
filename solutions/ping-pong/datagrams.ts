// Two UDP ports, one for each way. There is one ball, so there is always room for it, and it is not lost on loopback.
import { solve, udp } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: udp(), back: udp() }),

  server({ there, back }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      there.send(stroke + 1);
      stroke = back.receiveInt32();
    }
  },

  returner({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = there.receiveInt32();
      me.hit(stroke + 1);
      back.send(stroke + 1);
    }
  },
});
