/**
 * @finding deadlock
 * @misconception Whoever waits for the ball at the beginning will get it in the end.
 * @smallest {"rallies":1}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: pipe(), back: pipe() }),

  server({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = back.reader.readInt32() ?? 0;
      me.hit(stroke + 1);
      there.writer.write(stroke + 1);
    }
  },

  returner({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = there.reader.readInt32() ?? 0;
      me.hit(stroke + 1);
      back.writer.write(stroke + 1);
    }
  },
});
