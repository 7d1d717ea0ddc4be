/**
 * @finding starvation
 * @rule nobody who waits is passed over twice by the same neighbour
 * @misconception A lock lets those in first who came first.
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
      forks[Math.min(me.left, me.right)].lock();
      forks[Math.max(me.left, me.right)].lock();
      me.eat(meal);
      forks[me.left].unlock();
      forks[me.right].unlock();
    }
  },
});
