/**
 * @finding unsafe
 * @rule neighbours never eat together
 * @misconception What was true under the lock is still true a moment later.
 * @smallest {"seats":2,"meals":1}
 */
import { boolArray, condition, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ table: mutex(), putDown: condition(), taken: boolArray(c.seats) }),

  philosopher({ table, putDown, taken }, me) {
    for (const meal of me.meals) {
      table.lock();
      while (taken[me.left] || taken[me.right]) putDown.wait(table);
      table.unlock();
      me.think();
      taken[me.left] = true;
      taken[me.right] = true;

      me.eat(meal);

      table.lock();
      taken[me.left] = false;
      taken[me.right] = false;
      putDown.broadcast();
      table.unlock();
    }
  },
});
