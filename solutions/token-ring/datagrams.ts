// A UDP port for each node, no connections. There is never more than one message on its way, so there is always room for
// it, and on loopback that is the only way in which one is lost.
import { solve, udp } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  share: (c) => ({ ports: Array.from({ length: c.nodes }, () => udp()) }),

  node({ ports }, me) {
    for (let round = 0; round < me.rounds; round++) {
      if (me.number > 0 || round > 0) ports[me.number].receive();
      me.use();
      ports[me.next].send(round);
    }
  },
});
