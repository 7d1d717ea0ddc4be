// A socket pair for each pair of neighbours. Every process has all ends open and uses two of them: the right end of its own
// pair, where the token comes in, and the left end of the next one's.
import { socketPair, solve } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ into: Array.from({ length: c.nodes }, () => socketPair()) }),

  node({ into }, me) {
    for (let round = 0; round < me.rounds; round++) {
      if (me.number > 0 || round > 0) into[me.number].right.readInt32();
      me.use();
      const isLast = me.next === 0 && round === me.rounds - 1;
      if (!isLast) into[me.next].left.write(round);
    }
  },
});
