/**
 * @finding left-behind
 * @misconception A return leaves the critical section, too; and after the last one nobody needs the lock.
 * @smallest {"seats":2,"meals":1}
 */
import { int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({
    seats: c.seats,
    forks: Array.from({ length: c.seats }, () => mutex()),
    tally: mutex(),
    gone: int32(),
  }),

  philosopher({ seats, forks, tally, gone }, me) {
    for (const meal of me.meals) {
      me.think();
      forks[Math.min(me.left, me.right)].lock();
      forks[Math.max(me.left, me.right)].lock();
      me.eat(meal);
      forks[me.left].unlock();
      forks[me.right].unlock();
    }
    tally.lock();
    gone.value++;
    if (gone.value === seats) return;
    tally.unlock();
  },
});
