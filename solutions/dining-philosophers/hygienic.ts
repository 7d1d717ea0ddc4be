// Hygienic philosophers: a fork is dirty once it was used. A hungry philosopher takes a dirty fork from a neighbour
// who does not eat, and it is cleaned on the way; a clean one stays with its holder, who was hungry first. So nobody
// is passed over, and the order in which neighbours give way to each other never runs in a circle.
// Source: K. M. Chandy and J. Misra, "The drinking philosophers problem", ACM TOPLAS 6(4), 1984; here the forks are
// taken under a mutex, where theirs are asked for by messages.
import { boolArray, condition, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => {
    const table = mutex();
    const finished = condition();
    // At first every fork is dirty and with the lower-numbered of its two users: seat n has forks n and n + 1 at hand.
    const holder = int32Array(
      c.seats,
      Array.from({ length: c.seats }, (_, fork) => (fork === 0 ? 0 : fork - 1)),
    );
    const dirty = boolArray(c.seats, true);
    const eating = boolArray(c.seats);
    /** Gets `fork` for `seat` if that is possible now; says whether `seat` has it. The table is locked. */
    const get = (fork: number, seat: number): boolean => {
      const owner = holder[fork];
      if (owner === seat) return true;
      if (!dirty[fork] || eating[owner]) return false;
      holder[fork] = seat;
      dirty[fork] = false;
      return true;
    };
    /** Gets both forks, as far as possible: a fork once got must be held while the other one is awaited. */
    const getBoth = (left: number, right: number, seat: number): boolean => {
      const gotLeft = get(left, seat);
      return get(right, seat) && gotLeft;
    };
    return { table, finished, holder, dirty, eating, getBoth };
  },

  philosopher({ table, finished, dirty, eating, getBoth }, me) {
    for (const meal of me.meals) {
      me.think();
      table.lock();
      while (!getBoth(me.left, me.right, me.seat)) finished.wait(table);
      eating[me.seat] = true;
      table.unlock();

      me.eat(meal);

      table.lock();
      eating[me.seat] = false;
      dirty[me.left] = true;
      dirty[me.right] = true;
      finished.broadcast();
      table.unlock();
    }
  },
});
