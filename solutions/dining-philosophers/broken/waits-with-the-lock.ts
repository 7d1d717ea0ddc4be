/**
 * @finding deadlock
 * @misconception A semaphore lets go of the mutex while it waits, as a condition does.
 * @smallest {"seats":2,"meals":1}
 */
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
      served[me.seat].wait();
      lock.unlock();

      me.eat(meal);

      lock.lock();
      state[me.seat] = THINKING;
      test(leftOf(me.seat));
      test(rightOf(me.seat));
      lock.unlock();
    }
  },
});
