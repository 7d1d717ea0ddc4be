/**
 * @finding unsafe
 * @rule each stroke counts one more than the one before
 * @misconception A read gives what was written, also where the counter is used as a semaphore.
 */
import { eventCounter, solve } from 'interleave';
import problem from 'interleave/problems/ping-pong';

export default solve(problem, {
  share: () => ({ there: eventCounter({ semaphore: true }), back: eventCounter({ semaphore: true }) }),

  server({ there, back }, me) {
    let stroke = 0;
    for (let rally = 0; rally < me.rallies; rally++) {
      me.hit(stroke + 1);
      there.write(stroke + 1);
      stroke = back.read();
    }
  },

  returner({ there, back }, me) {
    for (let rally = 0; rally < me.rallies; rally++) {
      const stroke = there.read();
      me.hit(stroke + 1);
      back.write(stroke + 1);
    }
  },
});
