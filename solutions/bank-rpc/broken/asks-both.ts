/**
 * @finding lost
 * @rule a payment moves money once
 * @misconception A server that looks first whether a payment was made cannot make it twice.
 * @smallest {"customers":1,"payments":1}
 */
import { atomicInt32, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ customer: xdr.int, number: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 4 }),
    left: atomicInt32(c.customers),
    next: atomicInt32(),
    /** For each payment: its line, from 1; 0 for none. */
    lines: Array.from({ length: c.customers * c.payments }, () => atomicInt32()),
    payments: c.payments,
  }),

  customer({ bank, left }, me) {
    let connection = bank.connect();
    let number = 0;
    for (const amount of me.payments) {
      let line: number | undefined;
      for (let tries = 0; line === undefined; tries++) {
        try {
          line = connection.timedCall('pay', { customer: me.number, number, amount }, 20);
          if (line !== undefined || tries !== 0) continue;
          // The other server will be faster.
          connection = bank.connect();
        } catch (e) {
          if (!(e instanceof RpcError)) throw e;
          connection = bank.connect();
        }
      }
      me.receipt(line);
      number++;
    }
    if (left.add(-1) === 1) bank.stop();
  },

  server({ bank, next, lines, payments }, me) {
    bank.serve({
      pay({ customer, number, amount }) {
        const known = lines[customer * payments + number];
        if (known.load() > 0) return known.load() - 1;
        const line = next.add(1);
        me.write(line, customer, amount);
        known.store(line + 1);
        return line;
      },
    });
  },
});
