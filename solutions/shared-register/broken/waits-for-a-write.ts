/**
 * @finding deadlock
 * @misconception Before the first write there is nothing to read.
 * @smallest {"readers":1,"writes":1,"reads":1}
 */
import { atomicInt32, event, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

export default solve(problem, {
  share: (c) => ({ written: event(), latest: atomicInt32(), words: int32Array(3 * (c.writes + 1)) }),

  writer({ written, latest, words }, me) {
    let place = 0;
    for (const [first, second, third] of me.values) {
      place++;
      words[3 * place] = first;
      words[3 * place + 1] = second;
      words[3 * place + 2] = third;
      latest.store(place);
      written.set();
      me.done();
    }
  },

  reader({ written, latest, words }, me) {
    for (const _call of me.calls) {
      written.wait();
      const place = latest.load();
      me.answer(words[3 * place], words[3 * place + 1], words[3 * place + 2]);
    }
  },
});
