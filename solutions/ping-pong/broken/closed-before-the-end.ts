/**
 * @finding crash
 * @misconception Nobody reads any more when I have read what I wanted, so I can close what I read from.
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: pipe(), back: pipe() }),

  server({ there, back }, me) {
    there.reader.close();
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      there.writer.write(stroke + 1);
      stroke = back.reader.readInt32() ?? 0;
    }
  },

  returner({ there, back }, me) {
    back.reader.close();
    const stroke = there.reader.readInt32() ?? 0;
    there.reader.close();
    me.hit(stroke + 1);
    back.writer.write(stroke + 1);
  },
});
