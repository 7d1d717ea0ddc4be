/**
 * @finding lost
 * @rule every call is answered, but for those of who was killed
 * @misconception A value that has not changed need not be reported.
 */
import { atomicInt32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

export default solve(problem, {
  share: (c) => ({ latest: atomicInt32(), words: int32Array(3 * (c.writes + 1)) }),

  writer({ latest, words }, me) {
    let place = 0;
    for (const [first, second, third] of me.values) {
      place++;
      words[3 * place] = first;
      words[3 * place + 1] = second;
      words[3 * place + 2] = third;
      latest.store(place);
      me.done();
    }
  },

  reader({ latest, words }, me) {
    let last = -1;
    for (const _call of me.calls) {
      const place = latest.load();
      if (place === last) return;
      last = place;
      me.answer(words[3 * place], words[3 * place + 1], words[3 * place + 2]);
    }
  },
});
