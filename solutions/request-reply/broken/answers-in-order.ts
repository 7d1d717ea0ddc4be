/**
 * @finding unsafe
 * @rule each question is settled by its own answer, once
 * @misconception Mailboxes keep the order, so the first answer is that to the first question.
 * @smallest {"clients":1,"servers":2,"questions":2}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(2)),
  }),

  client({ requests, replies }, me) {
    const open: number[] = [];
    for (const question of me.questions) {
      requests.send(me.number, question);
      open.push(question);
      if (open.length === 2) me.settle(open.shift() as number, replies[me.number].receive());
    }
    for (const question of open) me.settle(question, replies[me.number].receive());
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = requests.receive();
      replies[client].send(me.answer(question));
    }
  },
});
