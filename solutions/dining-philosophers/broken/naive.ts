/**
 * @finding deadlock
 * @misconception A fork that is taken will be put back sooner or later, so everybody can wait for it.
 * @smallest {"seats":2,"meals":1}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    for (const meal of me.meals) {
      me.think();
      forks[me.left].lock();
      forks[me.right].lock();
      me.eat(meal);
      forks[me.right].unlock();
      forks[me.left].unlock();
    }
  },
});
