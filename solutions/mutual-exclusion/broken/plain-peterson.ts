/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception What I write is seen before I read on.
 * @smallest {"clerks":2,"visits":1}
 */
import { int32Array, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Right on every processor that Peterson knew. Here both levels may still lie in the buffers while each reads the other's.
export default solve(problem, {
  share: (c) => ({ level: int32Array(c.clerks), last: int32Array(c.clerks) }),

  clerk({ level, last }, me) {
    const isAnyAt = (l: number): boolean => {
      for (let i = 0; i < level.length; i++) if (i !== me.number && level[i] >= l) return true;
      return false;
    };
    for (const visit of me.visits) {
      for (let l = 1; l < level.length; l++) {
        level[me.number] = l;
        last[l] = me.number;
        while (last[l] === me.number && isAnyAt(l));
      }
      me.enter(visit);
      level[me.number] = 0;
    }
  },
});
