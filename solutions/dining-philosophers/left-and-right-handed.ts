// Asymmetry: those on even seats take the left fork first, those on odd seats the right one. Neighbours of different
// kind meet at their first fork or at their second, so somebody waits with empty hands, and no circle closes.
// Source: N. A. Lynch, "Distributed algorithms", 1996, section 11.3, the right-left algorithm.
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/dining-philosophers';

export default solve(problem, {
  share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),

  philosopher({ forks }, me) {
    const [first, second] = me.seat % 2 === 0 ? [me.left, me.right] : [me.right, me.left];
    for (const meal of me.meals) {
      me.think();
      forks[first].lock();
      forks[second].lock();
      me.eat(meal);
      forks[first].unlock();
      forks[second].unlock();
    }
  },
});
