/**
 * @finding lost
 * @rule every node had the token once in each round
 * @misconception My rounds are done, so the token is too.
 * @smallest {"nodes":2,"rounds":1}
 */
import { solve, tcp } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ doors: Array.from({ length: c.nodes }, () => tcp()) }),

  node({ doors }, me) {
    const next = doors[me.next].connect();
    const previous = doors[me.number].accept();
    for (let round = 0; round < me.rounds; round++) {
      if ((me.number > 0 || round > 0) && previous.readInt32() === undefined) return;
      me.use();
      if (round < me.rounds - 1) next.write(round);
    }
  },
});
