/**
 * @finding misuse
 * @misconception The right hand holds the fork before one's own number, not the one after it.
 * @smallest {"seats":3,"meals":1}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ seats: c.seats, forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ seats, forks }, me) {
    for (const meal of me.meals) {
      me.think();
      forks[Math.min(me.left, me.right)].lock();
      forks[Math.max(me.left, me.right)].lock();
      me.eat(meal);
      forks[me.seat].unlock();
      forks[(me.seat + seats - 1) % seats].unlock();
    }
  },
});
