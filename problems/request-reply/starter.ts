// Request and reply: your solution. The rules are in problems/request-reply/README.md.
//
// What you may import and create in share:
//   mailbox(n, { words: 2 })   send(a, b), receive() → [a, b]: holds n messages of so many numbers
//   channel(n)                 send(a), receive() → a: holds n messages of one number; without n, the two meet
//   direct(n, { words: 2 })    send(to, a, b), receive() → [from, a, b]: a box for each process, of n messages
import { solve } from 'interleave';
import problem from 'interleave/problems/request-reply';

export default solve(problem, {
  // Creates what all processes share. c.clients, c.servers, and c.questions, how many each client asks.
  share: (_c) => ({}),

  client(_shared, me) {
    for (const question of me.questions) {
      throw new Error(
        `implement client: send question ${question} to a server, receive the answer, me.settle(question, answer)`,
      );
    }
  },

  server(_shared, me) {
    throw new Error(
      `implement server: ${me.quota} times receive a question, and send me.answer(question) to whom it came from`,
    );
  },
});
