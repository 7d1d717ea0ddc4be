// The waiter serves one guest at a time: whoever has the waiter takes both forks, and only then may the next one ask.
// A guest who waits for a fork keeps the waiter busy, but those who eat put their forks down without asking.
// Source: known as the arbitrator in textbooks; a critical section around "pick up both", so no chain of waiters closes.
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ waiter: mutex(), forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ waiter, forks }, me) {
    for (const meal of me.meals) {
      me.think();
      waiter.lock();
      forks[me.left].lock();
      forks[me.right].lock();
      waiter.unlock();
      me.eat(meal);
      forks[me.left].unlock();
      forks[me.right].unlock();
    }
  },
});
