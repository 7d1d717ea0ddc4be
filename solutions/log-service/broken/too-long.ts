/**
 * @finding lost
 * @rule every line in the log is one that a writer said, whole
 * @misconception One write is one piece, however long it is.
 */
import { fifo, PIPE_BUF, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

/** Room for whatever a line may come to. */
const LENGTH = PIPE_BUF + 1000;

export default solve(problem, {
  share: (c) => ({ log: fifo({ capacity: 2 * PIPE_BUF }), all: c.writers * c.lines }),

  keeper({ log, all }, me) {
    const reader = log.openReader();
    log.openWriter();
    for (let i = 0; i < all; i++) {
      let record = '';
      while (record.length < LENGTH) record += textIn(reader.read(LENGTH - record.length));
      me.keep(record.trimEnd());
    }
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(line.padEnd(LENGTH));
  },
});
