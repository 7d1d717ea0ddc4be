// Peterson's lock with plain variables. One pair of steps must not be turned round: writing where I stand, and reading where
// the others do. Between them goes an atomic operation on a variable that nobody else uses, for its fence alone: on x86
// that is what compilers put there too (Sewell et al., "x86-TSO", CACM 53(7), 2010).
import { atomicInt32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

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
    const fence = fences[me.number];
    for (const visit of me.visits) {
      for (let l = 1; l < level.length; l++) {
        level[me.number] = l;
        last[l] = me.number;
        do fence.exchange(0);
        while (last[l] === me.number && isAnyAt(l));
      }
      me.enter(visit);
      fence.exchange(0);
      level[me.number] = 0;
    }
  },
});
