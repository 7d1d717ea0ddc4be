// The bank that is called twice: your solution. The rules are in problems/bank-rpc/README.md.
//
// What you may import and create in share, besides all locks and cells:
//   rpc({ procedures: { pay: [xdr.struct({ … }), xdr.int] }, connections: 2 })
//     the server's:    serve({ pay: ({ … }) => … })
//     the customer's:  connect(), and of what that gives call('pay', { … }), close()
//     anybody's:       stop(): the servers return from serve
//   An RpcError says that there is no answer; not, whether it was done.
import { solve } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

export default solve(problem, {
  // Creates what all processes share. c.customers is the number of customers, c.payments how many each of them makes.
  share: (_c) => ({}),

  customer(_shared, me) {
    for (const amount of me.payments) {
      throw new Error(`implement customer: call a server to pay ${amount}, then me.receipt(line)`);
    }
  },

  server(_shared, _me) {
    throw new Error(
      'implement server: me.write(line, customer, amount) for each payment. You may be killed at any step',
    );
  },
});
