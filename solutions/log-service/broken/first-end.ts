/**
 * @finding lost | deadlock | crash
 * @misconception A FIFO comes to its end when everybody who will ever write has written.
 * @smallest {"writers":2,"lines":1}
 */
import { fifo, solve, textIn } from 'interleave';
import problem from 'interleave/problems/log-service';

export default solve(problem, {
  share: () => ({ log: fifo() }),

  keeper({ log }, me) {
    const reader = log.openReader();
    let rest = '';
    for (let got = reader.read(512); got.length > 0; got = reader.read(512)) {
      const pieces = (rest + textIn(got)).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) me.keep(line);
    }
  },

  writer({ log }, me) {
    const writer = log.openWriter();
    for (const line of me.lines) writer.write(`${line}\n`);
    writer.close();
  },
});
