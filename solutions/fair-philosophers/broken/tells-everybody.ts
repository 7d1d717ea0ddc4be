/**
 * @finding starvation
 * @rule nobody who waits is passed over twice by the same neighbour
 * @misconception A broadcast wakes all who wait, so that each of them gets its chance.
 * @smallest {"seats":3,"meals":2}
 */
import { boolArray, condition, mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => ({ table: mutex(), putDown: condition(), taken: boolArray(c.seats) }),

  philosopher({ table, putDown, taken }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      me.hungry();
      while (taken[me.left] || taken[me.right]) putDown.wait(table);
      taken[me.left] = true;
      taken[me.right] = true;
      table.unlock();

      me.eat(meal);

      table.lock();
      taken[me.left] = false;
      taken[me.right] = false;
      putDown.broadcast();
      table.unlock();
    }
  },
});
