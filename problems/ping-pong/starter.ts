// Ping-pong: your solution. The rules are in problems/ping-pong/README.md.
//
// Any mechanism will do. What you may import and create in share, for example:
//   pipe()                p.reader and p.writer, both open in every process
//     writer.write(n)       sends a whole number
//     reader.readInt32()    waits for one; undefined at the end
//   fifo()                f.openReader(), f.openWriter(): each waits for the other
//   semaphore(n)          wait(), post()
//   int32(0)              a number that both see: ball.value
// … and what docs/mechanisms tells of: sockets, message queues, channels, semaphores of the system.
import { solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  // Creates what both share. c.rallies is how often the ball goes to and fro.
  share: (_c) => ({}),

  server(_shared, me) {
    throw new Error(`implement server: hit the ball ${me.rallies} times, and wait for it in between`);
  },

  returner(_shared, me) {
    throw new Error(`implement returner: hit the ball back ${me.rallies} times`);
  },
});
