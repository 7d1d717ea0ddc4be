/**
 * @finding lost
 * @rule every line in the log is one that a writer said, whole
 * @misconception Lines were written one by one, so they are read one by one.
 * @smallest {"writers":1,"lines":2}
 */
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), all: c.writers * c.lines }),

  keeper({ log, all }, me) {
    const reader = log.openReader();
    log.openWriter();
    for (let i = 0; i < all; i++) me.keep(textIn(reader.read(512)).trimEnd());
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(`${line}\n`);
  },
});
