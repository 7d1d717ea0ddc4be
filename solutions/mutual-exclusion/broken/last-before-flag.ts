/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception It does not matter which of the two is written first.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Who has written to last but is at no level yet is not seen by the next one, who goes in; and then is not the last.
export default solve(problem, {
  share: (c) => ({
    level: Array.from({ length: c.clerks }, () => atomicInt32()),
    last: Array.from({ length: c.clerks }, () => atomicInt32()),
  }),

  clerk({ level, last }, me) {
    const others = level.filter((_, i) => i !== me.number);
    for (const visit of me.visits) {
      for (let l = 1; l < level.length; l++) {
        last[l].store(me.number);
        level[me.number].store(l);
        while (last[l].load() === me.number && others.some((other) => other.load() >= l));
      }
      me.enter(visit);
      level[me.number].store(0);
    }
  },
});
