/**
 * @finding over-synchronised
 * @rule a client has two questions on their way
 * @misconception Where only one question is open at a time, nothing can be mixed up, and nothing is lost by it.
 * @smallest {"clients":1,"servers":1,"questions":2}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(1)),
  }),

  client({ requests, replies }, me) {
    for (const question of me.questions) {
      requests.send(me.number, question);
      me.settle(question, replies[me.number].receive());
    }
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = requests.receive();
      replies[client].send(me.answer(question));
    }
  },
});
