/**
 * @finding over-synchronised
 * @rule half of the table eats at once
 * @misconception Fair is first come, first served: one queue for the whole table.
 * @smallest {"seats":4,"meals":2}
 */
import { condition, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: () => ({ table: mutex(), next: condition(), drawn: int32(), served: int32() }),

  philosopher({ table, next, drawn, served }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      const number = drawn.value++;
      me.hungry();
      while (served.value !== number) next.wait(table);
      table.unlock();

      me.eat(meal);

      table.lock();
      served.value++;
      next.broadcast();
      table.unlock();
    }
  },
});
