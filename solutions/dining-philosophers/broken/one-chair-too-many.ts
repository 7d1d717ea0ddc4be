/**
 * @finding deadlock
 * @misconception The footman's semaphore begins at the number of seats, since so many can sit.
 * @smallest {"seats":2,"meals":1}
 */
import { mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({
    chairs: semaphore(c.seats),
    forks: Array.from({ length: c.seats }, () => mutex()),
  }),

  philosopher({ chairs, forks }, me) {
    for (const meal of me.meals) {
      me.think();
      chairs.wait();
      forks[me.left].lock();
      forks[me.right].lock();
      me.eat(meal);
      forks[me.left].unlock();
      forks[me.right].unlock();
      chairs.post();
    }
  },
});
