// A monitor: both forks are taken in one critical section, or none. Whoever puts forks down tells everybody.
// Source: C. A. R. Hoare, "Monitors: an operating system structuring concept", CACM 17(10), 1974; with one condition
// and a `while`, as B. W. Lampson and D. D. Redell, CACM 23(2), 1980, have it.
import { boolArray, condition, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ table: mutex(), putDown: condition(), taken: boolArray(c.seats) }),

  philosopher({ table, putDown, taken }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
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
