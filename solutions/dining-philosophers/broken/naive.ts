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
