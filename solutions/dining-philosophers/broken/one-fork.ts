/**
 * @finding unsafe
 * @rule neighbours never eat together
 * @misconception As everybody holds a fork of their own while eating, nobody can get in the way of another.
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
      me.eat(meal);
      forks[me.left].unlock();
    }
  },
});
