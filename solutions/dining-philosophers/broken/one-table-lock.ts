/**
 * @finding over-synchronised
 * @rule half of the table eats at once
 * @misconception One lock for the whole table is the same as a lock for each fork, only simpler.
 * @smallest {"seats":4,"meals":1}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: () => ({ table: mutex() }),

  philosopher({ table }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      me.eat(meal);
      table.unlock();
    }
  },
});
