/**
 * @finding deadlock
 * @misconception A server must never wait for a client, so a reply that does not fit is not sent.
 * @smallest {"clients":1,"servers":1,"questions":2}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(1, { words: 2 })),
  }),

  client({ requests, replies }, me) {
    let open = 0;
    for (const question of me.questions) {
      requests.send(me.number, question);
      if (++open < 2) continue;
      const [about, answer] = replies[me.number].receive();
      me.settle(about, answer);
      open--;
    }
    for (; open > 0; open--) {
      const [about, answer] = replies[me.number].receive();
      me.settle(about, answer);
    }
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = requests.receive();
      replies[client].trySend(question, me.answer(question));
    }
  },
});
