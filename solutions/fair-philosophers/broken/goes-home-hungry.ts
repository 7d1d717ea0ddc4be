/**
 * @finding lost
 * @rule everyone eats as often as asked
 * @misconception Whoever finds the forks taken can leave a meal out; then nobody waits and nobody starves.
 * @smallest {"seats":3,"meals":2}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    for (const meal of me.meals) {
      me.think();
      me.hungry();
      if (!forks[me.left].tryLock()) return;
      if (forks[me.right].tryLock()) {
        me.eat(meal);
        forks[me.right].unlock();
      }
      forks[me.left].unlock();
    }
  },
});
