/**
 * @finding unsafe
 * @rule each question is settled by its own answer, once
 * @misconception Whether I ask the next question first or take the old answer first is all the same.
 */
import { channel, mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

const OPEN = 2;

export default solve(problem, {
  share: (c) => ({
    requests: mailbox(1, { words: 2 }),
    answers: Array.from({ length: c.clients * OPEN }, () => channel(1)),
  }),

  client({ requests, answers }, me) {
    const asked: number[] = [];
    const first = me.number * OPEN;
    const settle = (n: number) => me.settle(asked[n], answers[first + (n % OPEN)].receive() ?? 0);
    for (const question of me.questions) {
      const n = asked.push(question) - 1;
      requests.send(first + (n % OPEN), question);
      if (n >= OPEN) settle(n - OPEN);
    }
    for (let n = Math.max(0, asked.length - OPEN); n < asked.length; n++) settle(n);
  },

  server({ requests, answers }, me) {
    for (let n = 0; n < me.quota; n++) {
      const [channel, question] = requests.receive();
      answers[channel].send(me.answer(question));
    }
  },
});
