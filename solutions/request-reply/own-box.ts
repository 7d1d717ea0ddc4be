// One mailbox for all requests, and one for the replies to each client. A request says who asks; a reply says to which
// question, so that it does not matter which server is faster. A box has room for all that can be on its way to it.
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

const OPEN = 2;

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(OPEN, { words: 2 })),
  }),

  client({ requests, replies }, me) {
    const box = replies[me.number];
    let open = 0;
    for (const question of me.questions) {
      requests.send(me.number, question);
      if (++open < OPEN) continue;
      const [about, answer] = box.receive();
      me.settle(about, answer);
      open--;
    }
    for (; open > 0; open--) {
      const [about, answer] = box.receive();
      me.settle(about, answer);
    }
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = requests.receive();
      replies[client].send(question, me.answer(question));
    }
  },
});
