// No forks at all: neighbours never eat at the same time of day. Even seats eat, then odd ones; the last of an odd table
// has a time for itself. A barrier is the gong.
import { barrier, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ seats: c.seats, gong: barrier(c.seats) }),

  philosopher({ seats, gong }, me) {
    const times = seats % 2 === 0 ? 2 : 3;
    const mine = times === 3 && me.seat === seats - 1 ? 2 : me.seat % 2;
    for (const meal of me.meals) {
      me.think();
      for (let time = 0; time < times; time++) {
        if (time === mine) me.eat(meal);
        gong.wait();
      }
    }
  },
});
