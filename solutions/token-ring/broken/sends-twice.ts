/**
 * @finding unsafe
 * @rule only one node has the token
 * @misconception UDP may lose a message, so I send it twice; what comes a second time does no harm.
 * @smallest {"nodes":2,"rounds":2}
 */
import { solve, udp } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ ports: Array.from({ length: c.nodes }, () => udp()) }),

  node({ ports }, me) {
    for (let round = 0; round < me.rounds; round++) {
      if (me.number > 0 || round > 0) ports[me.number].receive();
      me.use();
      for (let copy = 0; copy < 2; copy++) ports[me.next].send(round);
    }
  },
});
