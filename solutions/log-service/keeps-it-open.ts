// The keeper has the writing end open as well, so that it never comes to an end between two writers. So it cannot learn from
// an end that all have gone, and counts: each writer says good-bye with an empty line.
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), writers: c.writers }),

  keeper({ log, writers }, me) {
    const reader = log.openReader(); // waits for the first writer
    log.openWriter();
    let rest = '';
    for (let gone = 0; gone < writers; ) {
      const pieces = (rest + textIn(reader.read(512))).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) {
        if (line === '') gone++;
        else me.keep(line);
      }
    }
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(`${line}\n`);
    writer.write('\n');
    writer.close();
  },
});
