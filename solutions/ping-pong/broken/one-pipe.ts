/**
 * @finding unsafe | deadlock
 * @misconception A pipe leads from one process to the other: what I write, the other one reads.
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ ball: pipe() }),

  server({ ball }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      ball.writer.write(stroke + 1);
      stroke = ball.reader.readInt32() ?? 0;
    }
  },

  returner({ ball }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = ball.reader.readInt32() ?? 0;
      me.hit(stroke + 1);
      ball.writer.write(stroke + 1);
    }
  },
});
