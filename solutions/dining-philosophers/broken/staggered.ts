/**
 * @finding deadlock
 * @misconception If each one begins a little later than the neighbour, they will not all reach out at once.
 * @smallest {"seats":2,"meals":1}
 */
import { mutex, sleep, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    sleep(me.seat * 10);
    for (const meal of me.meals) {
      forks[me.left].lock();
      forks[me.right].lock();
      me.eat(meal);
      forks[me.right].unlock();
      forks[me.left].unlock();
    }
  },
});
