// A state for each philosopher and a private semaphore to wait on: nobody takes a single fork. Whoever stops eating
// looks whether a hungry neighbour can begin now, and posts for it.
// Source: E. W. Dijkstra, "Hierarchical ordering of sequential processes", 1971; in this form A. S. Tanenbaum and
// H. Bos, "Modern operating systems", 4th ed. 2015, figure 2-47.
import { int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

const THINKING = 0;
const HUNGRY = 1;
const EATING = 2;

export default solve(problem, {
  share: (c) => {
    const lock = mutex();
    const state = int32Array(c.seats, THINKING);
    const served = Array.from({ length: c.seats }, () => semaphore(0));
    const leftOf = (seat: number) => (seat + c.seats - 1) % c.seats;
    const rightOf = (seat: number) => (seat + 1) % c.seats;
    /** Lets `seat` eat if it wants to and can. The lock is held. */
    const test = (seat: number) => {
      if (state[seat] !== HUNGRY || state[leftOf(seat)] === EATING || state[rightOf(seat)] === EATING) return;
      state[seat] = EATING;
      served[seat].post();
    };
    return { lock, state, served, leftOf, rightOf, test };
  },

  philosopher({ lock, state, served, leftOf, rightOf, test }, me) {
    for (const meal of me.meals) {
      me.think();
      lock.lock();
      state[me.seat] = HUNGRY;
      test(me.seat);
      lock.unlock();
      served[me.seat].wait();

      me.eat(meal);

      lock.lock();
      state[me.seat] = THINKING;
      test(leftOf(me.seat));
      test(rightOf(me.seat));
      lock.unlock();
    }
  },
});
