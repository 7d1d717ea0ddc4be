/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception A fence makes a variable safe, wherever it stands.
 */
import { atomicInt32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// The fence brings the level to memory, but not who came last: both may believe that it was the other one.
export default solve(problem, {
  share: (c) => ({
    level: int32Array(c.clerks),
    last: int32Array(c.clerks),
    fences: Array.from({ length: c.clerks }, () => atomicInt32()),
  }),

  clerk({ level, last, fences }, me) {
    const isAnyAt = (l: number): boolean => {
      for (let i = 0; i < level.length; i++) if (i !== me.number && level[i] >= l) return true;
      return false;
    };
    for (const visit of me.visits) {
      fences[me.number].exchange(0);
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
