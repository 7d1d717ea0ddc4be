// A log service: your solution. The rules are in problems/log-service/README.md.
//
// What you may import and create in share:
//   fifo()                a named pipe: nobody has it open at first
//     openReader()          opens the end that is read; waits until somebody opens the other one
//     openWriter()          opens the end that is written; waits until somebody opens the other one
//     writer.write(data)    text, bytes or a whole number; waits while the FIFO is full
//     reader.read(most)     1 to `most` bytes, as many as are there; none while nobody has it open for writing
//     close()               of either end, in this process
//   textIn(bytes)         bytes as text
//   PIPE_BUF              4,096: bytes that one write puts in as a whole
// … and the objects of the lab's own: semaphore(n), mutex(), barrier(n), latch(n) …
import { solve } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  // Creates what all processes share. c.writers is the number of writers, c.lines how many lines each of them has to say.
  share: (_c) => ({}),

  keeper(_shared, _me) {
    throw new Error('implement keeper: me.keep(line) each line that comes, until nothing more can come');
  },

  writer(_shared, me) {
    for (const line of me.lines) {
      throw new Error(`implement writer: send '${line}' to the keeper`);
    }
  },
});
