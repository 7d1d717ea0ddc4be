/**
 * @finding deadlock
 * @misconception Sending and receiving are two things, so all the sending may be done first.
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(1, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(1, { words: 2 })),
  }),

  client({ requests, replies }, me) {
    let open = 0;
    for (const question of me.questions) {
      requests.send(me.number, question);
      open++;
    }
    for (; open > 0; open--) {
      const [about, answer] = replies[me.number].receive();
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
