// Each fork remembers who had it last, and that one gives way to a neighbour who is hungry. At first it is the one with
// the higher seat, so that no circle of giving way closes; whoever eats gives way to both, so that none ever does.
// Source: K. M. Chandy and J. Misra, "The drinking philosophers problem", TOPLAS 6(4), 1984, with a lock for messages.
import { boolArray, condition, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => {
    const hungry = boolArray(c.seats);
    const eating = boolArray(c.seats);
    /** By fork: the seat that had it last. Fork i lies between seats i - 1 and i. */
    const last = int32Array(c.seats);
    const blocks = (seat: number, other: number, fork: number, lastOne: number) =>
      eating[other] || (hungry[other] && (last[fork] === 0 ? lastOne : last[fork] - 1) === seat);
    const mayEat = (seat: number) => {
      const left = (seat + c.seats - 1) % c.seats;
      const right = (seat + 1) % c.seats;
      return (
        !blocks(seat, left, seat, Math.max(seat, left)) && !blocks(seat, right, right, Math.max(seat, right))
      );
    };
    return { table: mutex(), changed: condition(), hungry, eating, last, mayEat };
  },

  philosopher({ table, changed, hungry, eating, last, mayEat }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      hungry[me.seat] = true;
      me.hungry();
      while (!mayEat(me.seat)) changed.wait(table);
      hungry[me.seat] = false;
      eating[me.seat] = true;
      last[me.left] = me.seat + 1;
      last[me.right] = me.seat + 1;
      table.unlock();

      me.eat(meal);

      table.lock();
      eating[me.seat] = false;
      changed.broadcast();
      table.unlock();
    }
  },
});
