/**
 * @finding deadlock
 * @misconception A socket pair is a pipe that goes both ways, so both players can use the same end of it.
 * @smallest {"rallies":1}
 */
import { socketPair, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ line: socketPair() }),

  server({ line }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      line.left.write(stroke + 1);
      stroke = line.left.readInt32() ?? 0;
    }
  },

  returner({ line }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = line.left.readInt32() ?? 0;
      me.hit(stroke + 1);
      line.left.write(stroke + 1);
    }
  },
});
