/**
 * @finding unsafe
 * @rule a receipt names the line on which the payment stands
 * @misconception Who pays the same again repeats the call.
 * @smallest {"customers":1,"payments":2}
 */
import { atomicInt32, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ customer: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2 }),
    left: atomicInt32(c.customers),
    next: atomicInt32(),
    /** For each customer and amount: the line, from 1; 0 for none. */
    lines: Array.from({ length: c.customers * 4 }, () => atomicInt32()),
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

  server({ bank, next, lines }, me) {
    bank.serve({
      pay({ customer, amount }) {
        const known = lines[customer * 4 + amount];
        if (known.load() === 0) known.store(next.add(1) + 1);
        const line = known.load() - 1;
        me.write(line, customer, amount);
        return line;
      },
    });
  },
});
