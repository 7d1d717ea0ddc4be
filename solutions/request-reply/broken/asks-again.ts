/**
 * @finding unsafe
 * @rule no question is worked on twice
 * @misconception If no answer has come in time, the question or the answer is lost.
 * @smallest {"clients":1,"servers":1,"questions":3}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(4, { words: 2 })),
  }),

  client({ requests, replies }, me) {
    const open = new Set<number>();
    const wait = () => {
      const reply = replies[me.number].timedReceive(100);
      if (reply === undefined) for (const question of open) requests.trySend(me.number, question);
      else if (open.delete(reply[0])) me.settle(reply[0], reply[1]);
    };
    for (const question of me.questions) {
      requests.send(me.number, question);
      open.add(question);
      while (open.size === 2) wait();
    }
    while (open.size > 0) wait();
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = requests.receive();
      replies[client].send(question, me.answer(question));
    }
  },
});
