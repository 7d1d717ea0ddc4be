// Back off: wait for one fork, only try the other one, and put the first back where that fails. A coin decides which
// fork to wait for next: without it, philosophers who move in step could take and put back for ever. With it, they
// come to eat with probability 1.
// Source: D. Lehmann and M. O. Rabin, "On the advantages of free choice", POPL 1981.
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    for (const meal of me.meals) {
      me.think();
      let [first, second] = [me.left, me.right];
      for (;;) {
        forks[first].lock();
        if (forks[second].tryLock()) break;
        forks[first].unlock();
        if (Math.random() < 0.5) [first, second] = [second, first];
      }
      me.eat(meal);
      forks[first].unlock();
      forks[second].unlock();
    }
  },
});
