/**
 * @finding unsafe
 * @rule the token goes round the ring, from node 0 on
 * @misconception Who connects to me is the one I pass the token to: a connection leads back to its maker.
 * @smallest {"nodes":3,"rounds":1}
 */
import { solve, unixSocket } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ doors: Array.from({ length: c.nodes }, () => unixSocket()) }),

  node({ doors }, me) {
    const next = doors[me.next].connect();
    const previous = doors[me.number].accept();
    for (let round = 0; round < me.rounds; round++) {
      if (me.number > 0 || round > 0) next.readInt32();
      me.use();
      previous.write(round);
    }
    next.readInt32();
  },
});
