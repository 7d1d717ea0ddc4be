/**
 * @finding lost
 * @rule everyone eats as often as asked
 * @misconception Without waiting there is no deadlock, so one only tries, and otherwise does without.
 * @smallest {"seats":2,"meals":1}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    for (const meal of me.meals) {
      me.think();
      if (!forks[me.left].tryLock()) continue;
      if (forks[me.right].tryLock()) {
        me.eat(meal);
        forks[me.right].unlock();
      }
      forks[me.left].unlock();
    }
  },
});
