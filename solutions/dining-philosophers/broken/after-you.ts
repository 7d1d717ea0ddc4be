/**
 * @finding livelock
 * @misconception If everybody lets the neighbour go first, there is no quarrel about a fork, and so no deadlock.
 * @smallest {"seats":2,"meals":1}
 */
import { boolArray, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ table: mutex(), hungry: boolArray(c.seats), spoon: int32(), seats: c.seats }),

  philosopher({ table, hungry, spoon, seats }, me) {
    /** The next one who is hungry; this one if no other is. The table is locked. */
    const next = () => {
      let seat = (me.seat + 1) % seats;
      while (seat !== me.seat && !hungry[seat]) seat = (seat + 1) % seats;
      return seat;
    };
    for (const meal of me.meals) {
      me.think();
      table.lock();
      hungry[me.seat] = true;
      table.unlock();
      me.think();
      table.lock();
      for (;;) {
        const owner = spoon.value;
        if (owner === me.seat || !hungry[owner]) {
          spoon.value = next();
          if (spoon.value === me.seat) break;
        }
        table.unlock();
        me.think();
        table.lock();
      }
      me.eat(meal);
      hungry[me.seat] = false;
      table.unlock();
    }
  },
});
