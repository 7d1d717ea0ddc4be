// Whoever gets hungry draws a number, and no hungry neighbour with a smaller one is passed over. Those who stop eating
// look for both neighbours, and for those beyond, who may have waited for them.
// Source: the order of L. Lamport's bakery, "A new solution of Dijkstra's concurrent programming problem", CACM 17(8),
// 1974, between neighbours only.
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => {
    const eating = int32Array(c.seats);
    /** The number that a hungry philosopher has drawn; 0 for others. */
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
      table.lock();
      number[me.seat] = next.value++;
      me.hungry();
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
