// Two pipes, one for each way. The ball is the number of strokes, so whoever reads it knows what comes next.
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
  },

  returner({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = there.reader.readInt32() ?? 0;
      me.hit(stroke + 1);
      back.writer.write(stroke + 1);
    }
  },
});
