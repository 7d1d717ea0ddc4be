// Peterson's lock, once for each clerk but one: at each level, who came last waits as long as anybody else is there or
// beyond. At least one clerk stays behind at every level, so one at most passes them all. Peterson, "Myths about the mutual
// exclusion problem", IPL 12(3), 1981.
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  share: (c) => ({
    level: Array.from({ length: c.clerks }, () => atomicInt32()),
    last: Array.from({ length: c.clerks }, () => atomicInt32()),
  }),

  clerk({ level, last }, me) {
    const others = level.filter((_, i) => i !== me.number);
    for (const visit of me.visits) {
      for (let l = 1; l < level.length; l++) {
        level[me.number].store(l);
        last[l].store(me.number);
        while (last[l].load() === me.number && others.some((other) => other.load() >= l));
      }
      me.enter(visit);
      level[me.number].store(0);
    }
  },
});
