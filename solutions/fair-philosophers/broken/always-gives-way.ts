/**
 * @finding deadlock
 * @misconception It is polite to give way to every hungry neighbour, and politeness keeps nobody waiting.
 * @smallest {"seats":3,"meals":2}
 */
import { boolArray, condition, mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => {
    const hungry = boolArray(c.seats);
    const eating = boolArray(c.seats);
    const wants = (seat: number) => hungry[seat] || eating[seat];
    const mayEat = (seat: number) => !wants((seat + 1) % c.seats) && !wants((seat + c.seats - 1) % c.seats);
    return { table: mutex(), changed: condition(), hungry, eating, mayEat };
  },

  philosopher({ table, changed, hungry, eating, mayEat }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      hungry[me.seat] = true;
      me.hungry();
      while (!mayEat(me.seat)) changed.wait(table);
      hungry[me.seat] = false;
      eating[me.seat] = true;
      table.unlock();

      me.eat(meal);

      table.lock();
      eating[me.seat] = false;
      changed.broadcast();
      table.unlock();
    }
  },
});
