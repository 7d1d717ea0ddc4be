/**
 * @finding lost
 * @rule servers work on what was asked
 * @misconception tryReceive is a receive that is faster.
 * @smallest {"clients":1,"servers":1,"questions":1}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(2, { words: 2 })),
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
      const [client, question] = requests.tryReceive() ?? [0, 0];
      replies[client].send(question, me.answer(question));
    }
  },
});
