// Nobody closes before all have opened: then the end comes when the last writer has gone, and is the end.
import { fifo, latch, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: (c) => ({ log: fifo(), open: latch(c.writers) }),

  keeper({ log }, me) {
    const reader = log.openReader();
    let rest = '';
    for (let got = reader.read(100); got.length > 0; got = reader.read(100)) {
      const pieces = (rest + textIn(got)).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) me.keep(line);
    }
  },

  writer({ log, open }, me) {
    const writer = log.openWriter();
    open.countDown();
    for (const line of me.lines) writer.write(`${line}\n`);
    open.wait();
    writer.close();
  },
});
