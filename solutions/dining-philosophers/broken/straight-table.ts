/**
 * @finding crash
 * @misconception The fork at the right hand has the next number: on a round table, too.
 * @smallest {"seats":2,"meals":1}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    for (const meal of me.meals) {
      me.think();
      forks[me.seat].lock();
      forks[me.seat + 1].lock();
      me.eat(meal);
      forks[me.seat + 1].unlock();
      forks[me.seat].unlock();
    }
  },
});
