// Each sends to the other one by its name, and so receives only what was meant for it.
import { direct, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ mail: direct() }),

  server({ mail }, me) {
    const other = mail.process('returner');
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      mail.send(other, stroke + 1);
      stroke = mail.receiveFrom(other);
    }
  },

  returner({ mail }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const [from, stroke] = mail.receive();
      me.hit(stroke + 1);
      mail.send(from, stroke + 1);
    }
  },
});
