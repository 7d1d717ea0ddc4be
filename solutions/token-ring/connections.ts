// Each node listens. It connects to the next one first, which succeeds before that one accepts, and accepts the one before
// it then. So nobody waits for anybody whose turn to wait it is.
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
      // Nobody waits for it after the last round, and to write to who has gone would fail.
      if (me.next !== 0 || round < me.rounds - 1) next.write(round);
    }
  },
});
