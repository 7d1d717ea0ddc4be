// The bakery: everybody draws a number that is larger than all others, and the smallest goes in. Two may draw the same; then the
// clerk with the smaller number of his own goes first. Nobody compares with a number that is just being drawn. Lamport, "A new
// solution of Dijkstra's concurrent programming problem", CACM 17(8), 1974.
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  share: (c) => ({
    draws: Array.from({ length: c.clerks }, () => atomicInt32()),
    tickets: Array.from({ length: c.clerks }, () => atomicInt32()),
  }),

  clerk({ draws, tickets }, me) {
    const mine = me.number;
    const isBefore = (other: number, ticket: number): boolean => {
      const its = tickets[other].load();
      return its !== 0 && (its < ticket || (its === ticket && other < mine));
    };
    for (const visit of me.visits) {
      draws[mine].store(1);
      const ticket = 1 + Math.max(...tickets.map((one) => one.load()));
      tickets[mine].store(ticket);
      draws[mine].store(0);
      for (let other = 0; other < tickets.length; other++) {
        if (other === mine) continue;
        while (draws[other].load() === 1);
        while (isBefore(other, ticket));
      }
      me.enter(visit);
      tickets[mine].store(0);
    }
  },
});
