/**
 * @finding unsafe
 * @rule each question is settled by its own answer, once
 * @misconception Whoever waits at the box when a reply comes is the one that it is for.
 * @smallest {"clients":2,"servers":1,"questions":1}
 */
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: () => ({ requests: mailbox(2), replies: mailbox(2, { words: 2 }) }),

  client({ requests, replies }, me) {
    let open = 0;
    for (const question of me.questions) {
      requests.send(question);
      if (++open < 2) continue;
      const [about, answer] = replies.receive();
      me.settle(about, answer);
      open--;
    }
    for (; open > 0; open--) {
      const [about, answer] = replies.receive();
      me.settle(about, answer);
    }
  },

  server({ requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      const question = requests.receive();
      replies.send(question, me.answer(question));
    }
  },
});
