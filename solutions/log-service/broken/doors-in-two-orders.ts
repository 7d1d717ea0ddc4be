/**
 * @finding deadlock
 * @misconception To open a FIFO is to get a descriptor, and nobody waits for that.
 * @smallest {"writers":1,"lines":1}
 */
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), gone: fifo(), writers: c.writers }),

  keeper({ log, gone, writers }, me) {
    const leaving = gone.openReader();
    const reader = log.openReader();
    for (let left = writers; left > 0; left--) leaving.read(1);
    for (const line of textIn(reader.read(65_536)).split('\n').slice(0, -1)) me.keep(line);
  },

  writer({ log, gone }, me) {
    const writer = log.openWriter();
    const leaving = gone.openWriter();
    for (const line of me.lines) writer.write(`${line}\n`);
    leaving.write('.');
  },
});
