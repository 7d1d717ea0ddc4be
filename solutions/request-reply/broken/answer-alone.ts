/**
 * @finding unsafe
 * @rule each question is settled by its own answer, once
 * @misconception An answer says by itself what it is the answer to.
 * @smallest {"clients":1,"servers":1,"questions":1}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

const OPEN = 2;

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(2, { words: 2 }),
    replies: Array.from({ length: c.clients }, () => mailbox(OPEN)),
  }),

  client({ requests, replies }, me) {
    const box = replies[me.number];
    let open = 0;
    const settle = () => {
      const answer = box.receive();
      me.settle(answer, answer);
      open--;
    };
    for (const question of me.questions) {
      requests.send(me.number, question);
      if (++open === OPEN) settle();
    }
    while (open > 0) settle();
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [client, question] = requests.receive();
      replies[client].send(me.answer(question));
    }
  },
});
