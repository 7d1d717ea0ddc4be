/**
 * @finding over-synchronised
 * @rule both neighbours of one who eats say that they are hungry
 * @misconception Whoever says that it waits only when it need not is never passed over.
 * @smallest {"seats":3,"meals":2}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    for (const meal of me.meals) {
      me.think();
      forks[Math.min(me.left, me.right)].lock();
      forks[Math.max(me.left, me.right)].lock();
      me.hungry();
      me.eat(meal);
      forks[me.left].unlock();
      forks[me.right].unlock();
    }
  },
});
