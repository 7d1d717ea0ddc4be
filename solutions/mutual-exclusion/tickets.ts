// Tickets drawn in a single step, and a display of the one that is served: who came first goes in first. Mellor-Crummey,
// Scott, "Algorithms for scalable synchronization on shared-memory multiprocessors", ACM TOCS 9(1), 1991, algorithm 2.
// Only who is inside changes the display, so a plain variable is enough: it comes to memory after what was done inside.
import { atomicInt32, int32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  share: () => ({ next: atomicInt32(), served: int32() }),

  clerk({ next, served }, me) {
    for (const visit of me.visits) {
      const ticket = next.add(1);
      while (served.value !== ticket);
      me.enter(visit);
      served.value = ticket + 1;
    }
  },
});
