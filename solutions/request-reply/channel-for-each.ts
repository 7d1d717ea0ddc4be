// A channel for each question, on which nothing but its answer ever comes: a future. The request says which one it is.
// Nothing has to be told apart then, and the answers are taken in the order of the questions.
// Source: reply channels as in R. Pike, "Concurrency is not parallelism", 2012.
import { channel, mailbox, solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

const OPEN = 3;

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
      if (n >= OPEN) settle(n - OPEN);
      requests.send(first + (n % OPEN), question);
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
