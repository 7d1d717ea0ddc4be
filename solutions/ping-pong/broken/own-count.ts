/**
 * @finding unsafe
 * @rule each stroke counts one more than the one before
 * @misconception Both play the same game, so each can count for itself.
 * @smallest {"rallies":1}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: pipe(), back: pipe() }),

  server({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(rally + 1);
      there.writer.write('ball');
      back.reader.read(4);
    }
  },

  returner({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      there.reader.read(4);
      me.hit(rally + 1);
      back.writer.write('ball');
    }
  },
});
