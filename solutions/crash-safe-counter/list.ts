// A list instead of a sum: each new total is written behind the last one, and counts once the number of visitors says
// so, in a single step. The semaphore tells nobody that a clerk has died (SEM_UNDO only gives back what it had taken), and
// nobody has to know.
// Source: semop(2); logs that are written at their end only.
import { int32, int32Array, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: (c) => ({
    desk: semaphore(1, { undo: true }),
    totals: int32Array(c.clerks * c.visitors + 1),
    visitors: int32(),
  }),

  clerk({ desk, totals, visitors }, me) {
    for (const price of me.prices) {
      desk.wait();
      const count = visitors.value;
      const total = totals[count] + price;
      totals[count + 1] = total;
      visitors.value = count + 1;
      desk.post();
      me.receipt(count + 1, total);
    }
  },
});
