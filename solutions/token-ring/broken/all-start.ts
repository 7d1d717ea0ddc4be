/**
 * @finding unsafe
 * @rule the token goes round the ring, from node 0 on
 * @misconception All nodes run the same program, so each begins by putting its token on the ring.
 * @smallest {"nodes":2,"rounds":1}
 */
import { socketPair, solve } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ into: Array.from({ length: c.nodes }, () => socketPair()) }),

  node({ into }, me) {
    into[me.next].left.write(0);
    for (let round = 0; round < me.rounds; round++) {
      into[me.number].right.readInt32();
      me.use();
      into[me.next].left.write(round);
    }
  },
});
