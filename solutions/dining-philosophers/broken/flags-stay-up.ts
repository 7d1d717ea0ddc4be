/**
 * @finding busy-waiting
 * @misconception A loop that looks until the neighbours have finished is waiting: somebody will take the flag down.
 * @smallest {"seats":2,"meals":1}
 */
import { boolArray, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ table: mutex(), taken: boolArray(c.seats) }),

  philosopher({ table, taken }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      while (taken[me.left] || taken[me.right]) {
        table.unlock();
        me.think();
        table.lock();
      }
      taken[me.left] = true;
      taken[me.right] = true;
      table.unlock();

      me.eat(meal);

      table.lock();
      taken[me.left] = false;
      table.unlock();
    }
  },
});
