/**
 * @finding crash
 * @misconception Whoever was there is there: what I send to a neighbour arrives, even in the last round.
 * @smallest {"nodes":2,"rounds":1}
 */
import { solve, unixSocket } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ doors: Array.from({ length: c.nodes }, () => unixSocket()) }),

  node({ doors }, me) {
    const next = doors[me.next].connect();
    const previous = doors[me.number].accept();
    for (let round = 0; round < me.rounds; round++) {
      if (me.number > 0 || round > 0) previous.readInt32();
      me.use();
      next.write(round);
    }
  },
});
