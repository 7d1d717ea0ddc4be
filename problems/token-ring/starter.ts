// Token ring: your solution. The rules are in problems/token-ring/README.md.
//
// What you may import and create in share:
//   socketPair()                  left and right: each read(n), readInt32(), write(data), shutdown(), close()
//   unixSocket(), tcp()           connect() and accept() give such a connection; close()
//   unixDatagram(), udp()         send(data), receive(), receiveInt32(), close()
import { solve } from 'interleave';
import problem from 'interleave/problems/token-ring';

export default solve(problem, {
  // Creates what all processes share. c.nodes is the number of nodes, c.rounds how often the token goes round.
  share: (_c) => ({}),

  node(_shared, me) {
    throw new Error(
      `implement node ${me.number}: ${me.rounds} times wait for the token, me.use(), and pass it on to node ${me.next}`,
    );
  },
});
