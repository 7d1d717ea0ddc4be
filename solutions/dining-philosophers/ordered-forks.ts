// Ordered resources: everybody takes the fork with the lower number first. Whoever holds the highest-numbered fork of
// a chain of waiters waits for nothing, so the chain never closes to a circle.
// Source: E. W. Dijkstra, "Hierarchical ordering of sequential processes", Acta Informatica 1, 1971; the ordering
// itself from J. W. Havender, "Avoiding deadlock in multitasking systems", IBM Systems Journal 7(2), 1968.
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    const first = forks[Math.min(me.left, me.right)];
    const second = forks[Math.max(me.left, me.right)];
    for (const meal of me.meals) {
      me.think();
      first.lock();
      second.lock();
      me.eat(meal);
      second.unlock();
      first.unlock();
    }
  },
});
