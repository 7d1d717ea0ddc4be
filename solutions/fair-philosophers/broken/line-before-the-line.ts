/**
 * @finding over-synchronised
 * @rule both neighbours of one who eats say that they are hungry
 * @misconception With a waiter who serves one at a time, nobody is passed over: who waits for the waiter does not count.
 * @smallest {"seats":3,"meals":2}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => ({ waiter: mutex(), forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ waiter, forks }, me) {
    for (const meal of me.meals) {
      me.think();
      waiter.lock();
      me.hungry();
      forks[me.left].lock();
      forks[me.right].lock();
      waiter.unlock();
      me.eat(meal);
      forks[me.left].unlock();
      forks[me.right].unlock();
    }
  },
});
