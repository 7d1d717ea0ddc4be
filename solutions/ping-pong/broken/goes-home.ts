/**
 * @finding lost
 * @rule every rally came to its end
 * @misconception Who has not answered after a second will not answer.
 * @smallest {"rallies":1}
 */
import { direct, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ mail: direct() }),

  server({ mail }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      mail.send(mail.process('returner'), stroke + 1);
      const back = mail.timedReceive(1000);
      if (back === undefined) return;
      stroke = back[1];
    }
  },

  returner({ mail }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const came = mail.timedReceive(1000);
      if (came === undefined) return;
      const [from, stroke] = came;
      me.hit(stroke + 1);
      mail.send(from, stroke + 1);
    }
  },
});
