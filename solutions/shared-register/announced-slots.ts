// Two places more than there are readers. A reader announces the place that it is about to read and makes sure that it is
// the latest still; the writer takes a place that is neither the latest nor announced by anybody. So nobody writes where
// somebody reads, and there is always a place. The announcements are the hazard pointers of Michael, "Hazard pointers:
// safe memory reclamation for lock-free objects", IEEE TPDS 15(6), 2004.
import { atomicInt32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

const NOWHERE = -1;

export default solve(problem, {
  share: (c) => ({
    latest: atomicInt32(),
    announced: Array.from({ length: c.readers }, () => atomicInt32(NOWHERE)),
    words: int32Array(3 * (c.readers + 2)),
  }),

  writer({ latest, announced, words }, me) {
    for (const [first, second, third] of me.values) {
      const taken = [latest.load(), ...announced.map((place) => place.load())];
      let place = 0;
      while (taken.includes(place)) place++;
      words[3 * place] = first;
      words[3 * place + 1] = second;
      words[3 * place + 2] = third;
      latest.store(place);
      me.done();
    }
  },

  reader({ latest, announced, words }, me) {
    const mine = announced[me.number];
    for (const _call of me.calls) {
      let place = latest.load();
      for (;;) {
        mine.store(place);
        const now = latest.load();
        if (now === place) break;
        place = now;
      }
      me.answer(words[3 * place], words[3 * place + 1], words[3 * place + 2]);
      mine.store(NOWHERE);
    }
  },
});
