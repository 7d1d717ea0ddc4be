// Over TCP, and the token comes home: node 0 puts it on the ring and takes it off again. No node counts rounds but node 0:
// the others pass on what comes, and the end of the stream too.
import { solve, tcp } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ doors: Array.from({ length: c.nodes }, () => tcp()) }),

  node({ doors }, me) {
    const next = doors[me.next].connect();
    const previous = doors[me.number].accept();
    if (me.number === 0) {
      for (let round = 0; round < me.rounds; round++) {
        me.use();
        next.write(round);
        previous.readInt32();
      }
      next.shutdown();
    } else {
      for (let token = previous.readInt32(); token !== undefined; token = previous.readInt32()) {
        me.use();
        next.write(token);
      }
      next.shutdown();
    }
  },
});
