/**
 * @finding deadlock
 * @misconception First I see to who wants something of me, then I go to the others.
 * @smallest {"nodes":2,"rounds":1}
 */
import { solve, tcp } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ doors: Array.from({ length: c.nodes }, () => tcp()) }),

  node({ doors }, me) {
    const previous = doors[me.number].accept();
    const next = doors[me.next].connect();
    for (let round = 0; round < me.rounds; round++) {
      if (me.number > 0 || round > 0) previous.readInt32();
      me.use();
      if (me.next !== 0 || round < me.rounds - 1) next.write(round);
    }
  },
});
