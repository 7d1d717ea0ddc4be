/**
 * @finding unsafe | deadlock
 * @rule neighbours never eat together
 * @misconception Whoever leaves a barrier last closes it, so that it is closed when anybody comes again.
 * @smallest {"seats":2,"meals":2}
 */
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

// A. B. Downey, "The little book of semaphores", section 3.6, "Reusable barrier non-solution #2": a fast one comes back
// before the last has left, and is through twice. It takes a second turnstile.
class Barrier {
  lock = mutex();
  count = int32();
  turnstile = semaphore(0);
  parties: number;

  constructor(parties: number) {
    this.parties = parties;
  }

  wait(): void {
    this.lock.lock();
    if (++this.count.value === this.parties) this.turnstile.post();
    this.lock.unlock();
    this.turnstile.wait();
    this.turnstile.post();
    this.lock.lock();
    if (--this.count.value === 0) this.turnstile.wait();
    this.lock.unlock();
  }
}

export default solve(problem, {
  share: (c) => ({ seats: c.seats, gong: new Barrier(c.seats) }),

  // Even seats eat, then odd ones; the last of an odd table has a time for itself.
  philosopher({ seats, gong }, me) {
    const times = seats % 2 === 0 ? 2 : 3;
    const mine = times === 3 && me.seat === seats - 1 ? 2 : me.seat % 2;
    for (const meal of me.meals) {
      for (let time = 0; time < times; time++) {
        if (time === mine) me.eat(meal);
        gong.wait();
      }
    }
  },
});
