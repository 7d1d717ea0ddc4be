/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception Where the value will be can be told before it is there; the reader will not be that fast.
 * @smallest {"readers":1,"writes":1,"reads":1}
 */
import { atomicInt32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

export default solve(problem, {
  share: (c) => ({ latest: atomicInt32(), words: int32Array(3 * (c.writes + 1)) }),

  writer({ latest, words }, me) {
    let place = 0;
    for (const [first, second, third] of me.values) {
      place++;
      latest.store(place);
      words[3 * place] = first;
      words[3 * place + 1] = second;
      words[3 * place + 2] = third;
      me.done();
    }
  },

  reader({ latest, words }, me) {
    for (const _call of me.calls) {
      const place = latest.load();
      me.answer(words[3 * place], words[3 * place + 1], words[3 * place + 2]);
    }
  },
});
