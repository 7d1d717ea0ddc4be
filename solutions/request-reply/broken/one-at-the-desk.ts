/**
 * @finding over-synchronised
 * @rule two servers work at once
 * @misconception Servers that share a box need a lock around it.
 * @smallest {"clients":1,"servers":2,"questions":2}
 */
import { mailbox, mutex, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  share: (c) => ({
    desk: mutex(),
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

  server({ desk, requests, replies }, me) {
    for (let n = 0; n < me.quota; n++) {
      desk.lock();
      const [client, question] = requests.receive();
      replies[client].send(question, me.answer(question));
      desk.unlock();
    }
  },
});
