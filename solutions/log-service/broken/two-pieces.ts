/**
 * @finding lost
 * @rule every line in the log is one that a writer said, whole
 * @misconception What one process writes stays together.
 * @smallest {"writers":2,"lines":1}
 */
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), writers: c.writers }),

  keeper({ log, writers }, me) {
    const reader = log.openReader();
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
    for (const line of me.lines) {
      writer.write(line);
      writer.write('\n');
    }
    writer.write('\n');
  },
});
