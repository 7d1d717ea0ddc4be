/**
 * @finding unsafe
 * @rule all reads are those of one register
 * @misconception Once a place is announced nobody writes there.
 */
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-register';

const NOWHERE = -1;
const copy = (): readonly AtomicInt32[] => [atomicInt32(), atomicInt32(), atomicInt32()];

// But between looking which place is the latest and announcing it, the writer may have gone round.
export default solve(problem, {
  share: (c) => ({
    latest: atomicInt32(),
    announced: Array.from({ length: c.readers }, () => atomicInt32(NOWHERE)),
    places: Array.from({ length: c.readers + 2 }, copy),
  }),

  writer({ latest, announced, places }, me) {
    for (const value of me.values) {
      const taken = [latest.load(), ...announced.map((place) => place.load())];
      let place = 0;
      while (taken.includes(place)) place++;
      for (const [i, word] of places[place].entries()) word.store(value[i]);
      latest.store(place);
      me.done();
    }
  },

  reader({ latest, announced, places }, me) {
    const mine = announced[me.number];
    for (const _call of me.calls) {
      const place = latest.load();
      mine.store(place);
      const [first, second, third] = places[place].map((word) => word.load());
      me.answer(first, second, third);
      mine.store(NOWHERE);
    }
  },
});
