/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception Writing the ticket is enough for others to see it.
 */
import { boolArray, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Lamport's bakery, with plain variables: two tickets in two buffers, and nobody sees the other one's.
export default solve(problem, {
  share: (c) => ({ draws: boolArray(c.clerks), tickets: int32Array(c.clerks) }),

  clerk({ draws, tickets }, me) {
    const mine = me.number;
    const isBefore = (other: number, ticket: number): boolean => {
      const its = tickets[other];
      return its !== 0 && (its < ticket || (its === ticket && other < mine));
    };
    for (const visit of me.visits) {
      draws[mine] = true;
      let ticket = 1;
      for (let other = 0; other < tickets.length; other++) ticket = Math.max(ticket, tickets[other] + 1);
      tickets[mine] = ticket;
      draws[mine] = false;
      for (let other = 0; other < tickets.length; other++) {
        if (other === mine) continue;
        while (draws[other]);
        while (isBefore(other, ticket));
      }
      me.enter(visit);
      tickets[mine] = 0;
    }
  },
});
