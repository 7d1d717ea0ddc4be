// Tanenbaum's philosophers, cured: a state for each, a private semaphore to wait on, and the number that a hungry one has
// drawn. Whoever stops eating serves all who may begin, the one who waited longest first.
// Source: A. S. Tanenbaum and H. Bos, "Modern operating systems", 4th ed. 2015, figure 2-47; the order as in E. W. Dijkstra,
// "Hierarchical ordering of sequential processes", 1971, who asks for it in a later section.
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

const THINKING = 0;
const HUNGRY = 1;
const EATING = 2;

export default solve(problem, {
  share: (c) => {
    const state = int32Array(c.seats, THINKING);
    const drawn = int32Array(c.seats);
    const served = Array.from({ length: c.seats }, () => semaphore(0));
    const before = (seat: number, other: number) =>
      state[other] === EATING || (state[other] === HUNGRY && drawn[other] < drawn[seat]);
    /** Serves all who may eat now. The lock is held. */
    const serve = () => {
      for (let seat = 0; seat < c.seats; seat++) {
        if (state[seat] !== HUNGRY) continue;
        if (before(seat, (seat + 1) % c.seats) || before(seat, (seat + c.seats - 1) % c.seats)) continue;
        state[seat] = EATING;
        served[seat].post();
      }
    };
    return { lock: mutex(), next: int32(), state, drawn, served, serve };
  },

  philosopher({ lock, next, state, drawn, served, serve }, me) {
    for (const meal of me.meals) {
      me.think();
      lock.lock();
      state[me.seat] = HUNGRY;
      drawn[me.seat] = next.value++;
      me.hungry();
      serve();
      lock.unlock();
      served[me.seat].wait();

      me.eat(meal);

      lock.lock();
      state[me.seat] = THINKING;
      serve();
      lock.unlock();
    }
  },
});
