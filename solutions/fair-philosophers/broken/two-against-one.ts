/**
 * @finding starvation
 * @rule nobody who waits is passed over twice by the same neighbour
 * @misconception Whoever stops eating looks after both neighbours, so that nobody is forgotten.
 * @smallest {"seats":4,"meals":2}
 */
import { int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

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
      me.hungry();
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
