/**
 * @finding deadlock
 * @misconception Who has read all that was written sees the end.
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: pipe(), back: pipe() }),

  server({ there, back }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      there.writer.write(stroke + 1);
      stroke = back.reader.readInt32() ?? 0;
    }
    there.writer.close();
  },

  returner({ there, back }, me) {
    for (;;) {
      const stroke = there.reader.readInt32();
      if (stroke === undefined) return;
      me.hit(stroke + 1);
      back.writer.write(stroke + 1);
    }
  },
});
