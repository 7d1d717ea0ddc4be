// The footman lets all but one sit down. With a seat empty there is a fork too many for everybody to hold one and wait.
// Source: C. A. R. Hoare, "Communicating sequential processes", 1985, section 2.5.3, after C. S. Scholten.
import { mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({
    chairs: semaphore(c.seats - 1),
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
