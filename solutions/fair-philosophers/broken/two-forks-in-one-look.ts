/**
 * @finding unsafe|starvation
 * @rule neighbours never eat together
 * @rule nobody who waits is passed over twice by the same neighbour
 * @misconception If a fork lies there when I look, it is mine when I reach for it.
 * @smallest {"seats":3,"meals":2}
 */
import { atomicInt32, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/fair-philosophers';

export default solve(problem, {
  share: (c) => ({
    forks: Array.from({ length: c.seats }, () => atomicInt32(1)),
    freed: Array.from({ length: c.seats }, () => semaphore(0)),
  }),

  philosopher({ forks, freed }, me) {
    for (const meal of me.meals) {
      me.think();
      me.hungry();
      for (const fork of [Math.min(me.left, me.right), Math.max(me.left, me.right)]) {
        // Between looking and taking, the neighbour may have looked as well.
        if (forks[fork].load() === 0) freed[fork].wait();
        forks[fork].store(0);
      }
      me.eat(meal);
      for (const fork of [me.left, me.right]) {
        forks[fork].store(1);
        freed[fork].post();
      }
    }
  },
});
