/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception Drawing a number is one step.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Nobody says that a number is being drawn: who draws the same and is slow to write it down goes in as well.
export default solve(problem, {
  share: (c) => ({ tickets: Array.from({ length: c.clerks }, () => atomicInt32()) }),

  clerk({ tickets }, me) {
    const mine = me.number;
    const isBefore = (other: number, ticket: number): boolean => {
      const its = tickets[other].load();
      return its !== 0 && (its < ticket || (its === ticket && other < mine));
    };
    for (const visit of me.visits) {
      const ticket = 1 + Math.max(...tickets.map((one) => one.load()));
      tickets[mine].store(ticket);
      for (let other = 0; other < tickets.length; other++) while (other !== mine && isBefore(other, ticket));
      me.enter(visit);
      tickets[mine].store(0);
    }
  },
});
