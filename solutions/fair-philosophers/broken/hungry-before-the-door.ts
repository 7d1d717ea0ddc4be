/**
 * @finding starvation
 * @rule nobody who waits is passed over twice by the same neighbour
 * @misconception Saying that one waits is enough, even before the others can know.
 * @smallest {"seats":3,"meals":2}
 */
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => {
    const eating = int32Array(c.seats);
    const number = int32Array(c.seats);
    const before = (seat: number, other: number) =>
      eating[other] === 1 || (number[other] !== 0 && number[other] < number[seat]);
    const mayEat = (seat: number) =>
      !before(seat, (seat + 1) % c.seats) && !before(seat, (seat + c.seats - 1) % c.seats);
    return { table: mutex(), changed: condition(), next: int32(1), eating, number, mayEat };
  },

  philosopher({ table, changed, next, eating, number, mayEat }, me) {
    for (const meal of me.meals) {
      me.think();
      me.hungry();
      table.lock();
      number[me.seat] = next.value++;
      while (!mayEat(me.seat)) changed.wait(table);
      number[me.seat] = 0;
      eating[me.seat] = 1;
      table.unlock();

      me.eat(meal);

      table.lock();
      eating[me.seat] = 0;
      changed.broadcast();
      table.unlock();
    }
  },
});
