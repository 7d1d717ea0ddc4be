// Real-time signals, each to the other player, with the number on the ball as the value. They are blocked until they are waited
// for, so the ball can come before anybody is ready for it.
import { signal, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ signals: signal() }),

  server({ signals }, me) {
    const returner = signals.process('returner');
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      signals.queue(returner, 'SIGRTMIN', stroke + 1);
      stroke = signals.wait('SIGRTMIN').value;
    }
  },

  returner({ signals }, me) {
    const server = signals.process('server');
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = signals.wait('SIGRTMIN').value;
      me.hit(stroke + 1);
      signals.queue(server, 'SIGRTMIN', stroke + 1);
    }
  },
});
