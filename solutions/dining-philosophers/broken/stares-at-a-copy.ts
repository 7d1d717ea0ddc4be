/**
 * @finding non-terminating
 * @misconception A variable that got its value from something shared follows it from then on.
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
      const got = forks[me.right].tryLock();
      while (!got) {
        // Until the neighbour has put it down.
      }
      me.eat(meal);
      forks[me.right].unlock();
      forks[me.left].unlock();
    }
  },
});
