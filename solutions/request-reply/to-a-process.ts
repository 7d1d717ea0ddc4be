// Direct communication: a request goes to one server, the questions dealt out in turn, and the reply to whoever has
// sent the request. The question goes back with its answer.
import { direct, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

const OPEN = 2;

export default solve(problem, {
  share: (c) => ({ mail: direct(OPEN, { words: 2 }), servers: c.servers, questions: c.questions }),

  client({ mail, servers, questions }, me) {
    let next = me.number * questions;
    let open = 0;
    for (const question of me.questions) {
      mail.send(mail.process('server', next++ % servers), question, 0);
      if (++open < OPEN) continue;
      const [, about, answer] = mail.receive();
      me.settle(about, answer);
      open--;
    }
    for (; open > 0; open--) {
      const [, about, answer] = mail.receive();
      me.settle(about, answer);
    }
  },

  server({ mail }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = mail.receive();
      mail.send(client, question, me.answer(question));
    }
  },
});
