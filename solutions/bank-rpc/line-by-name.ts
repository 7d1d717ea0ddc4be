// The customer says on which line: it has lines of its own, one for each payment, so a call that is repeated writes the
// same line once more. The effect is idempotent, and no server has to remember anything. Calls go by gRPC.
// Source: idempotent requests to names that the client chooses, as PUT (RFC 9110, section 9.2.2); Helland, "Idempotence
// is not a medical condition", ACM Queue 10(4), 2012.
import { atomicInt32, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ line: xdr.int, customer: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2, transport: 'grpc' }),
    left: atomicInt32(c.customers),
    payments: c.payments,
  }),

  customer({ bank, left, payments }, me) {
    let connection = bank.connect();
    let line = me.number * payments;
    for (const amount of me.payments) {
      for (;;) {
        try {
          me.receipt(connection.call('pay', { line, customer: me.number, amount }));
          break;
        } catch (e) {
          if (!(e instanceof RpcError)) throw e;
          connection = bank.connect();
        }
      }
      line++;
    }
    if (left.add(-1) === 1) bank.stop();
  },

  server({ bank }, me) {
    bank.serve({
      pay({ line, customer, amount }) {
        me.write(line, customer, amount);
        return line;
      },
    });
  },
});
