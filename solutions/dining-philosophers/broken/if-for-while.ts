/**
 * @finding unsafe
 * @rule neighbours never eat together
 * @misconception Whoever is woken may go on: it was woken because the forks are free.
 * @smallest {"seats":2,"meals":2}
 */
import { boolArray, condition, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ table: mutex(), putDown: condition(), taken: boolArray(c.seats) }),

  philosopher({ table, putDown, taken }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      if (taken[me.left] || taken[me.right]) putDown.wait(table);
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
