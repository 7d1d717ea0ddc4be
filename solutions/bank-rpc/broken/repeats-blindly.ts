/**
 * @finding lost
 * @rule a payment moves money once
 * @misconception A call without an answer was not carried out.
 * @smallest {"customers":1,"payments":1}
 */
import { atomicInt32, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ customer: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2 }),
    left: atomicInt32(c.customers),
    next: atomicInt32(),
  }),

  customer({ bank, left }, me) {
    let connection = bank.connect();
    for (const amount of me.payments) {
      for (;;) {
        try {
          me.receipt(connection.call('pay', { customer: me.number, amount }));
          break;
        } catch (e) {
          if (!(e instanceof RpcError)) throw e;
          connection = bank.connect();
        }
      }
    }
    if (left.add(-1) === 1) bank.stop();
  },

  server({ bank, next }, me) {
    bank.serve({
      pay({ customer, amount }) {
        const line = next.add(1);
        me.write(line, customer, amount);
        return line;
      },
    });
  },
});
