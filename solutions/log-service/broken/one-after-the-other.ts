/**
 * @finding lost | deadlock | crash
 * @misconception Each time that the FIFO is opened it is a new one, with one writer of its own.
 * @smallest {"writers":2,"lines":1}
 */
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), writers: c.writers }),

  keeper({ log, writers }, me) {
    for (let i = 0; i < writers; i++) {
      const reader = log.openReader();
      let rest = '';
      for (let got = reader.read(512); got.length > 0; got = reader.read(512)) {
        const pieces = (rest + textIn(got)).split('\n');
        rest = pieces.pop() ?? '';
        for (const line of pieces) me.keep(line);
      }
      reader.close();
    }
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(`${line}\n`);
    writer.close();
  },
});
