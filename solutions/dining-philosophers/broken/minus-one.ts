/**
 * @finding misuse
 * @misconception `%` keeps an index inside the array, also below zero.
 * @smallest {"seats":2,"meals":1}
 */
import { boolArray, condition, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ seats: c.seats, table: mutex(), finished: condition(), eating: boolArray(c.seats) }),

  philosopher({ seats, table, finished, eating }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      while (eating[(me.seat - 1) % seats] || eating[(me.seat + 1) % seats]) finished.wait(table);
      eating[me.seat] = true;
      table.unlock();

      me.eat(meal);

      table.lock();
      eating[me.seat] = false;
      finished.broadcast();
      table.unlock();
    }
  },
});
