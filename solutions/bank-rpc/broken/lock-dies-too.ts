/**
 * @finding deadlock
 * @misconception Who holds a lock gives it back.
 * @smallest {"customers":1,"payments":1}
 */
import { atomicInt32, int32, int32Array, mutex, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ customer: xdr.int, number: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2 }),
    left: atomicInt32(c.customers),
    door: mutex(),
    /** For each payment by customer and number: its line, from 1; 0 for none. */
    lines: int32Array(c.customers * c.payments),
    used: int32(),
    payments: c.payments,
  }),

  customer({ bank, left }, me) {
    let connection = bank.connect();
    let number = 0;
    for (const amount of me.payments) {
      for (;;) {
        try {
          me.receipt(connection.call('pay', { customer: me.number, number, amount }));
          break;
        } catch (e) {
          if (!(e instanceof RpcError)) throw e;
          connection = bank.connect();
        }
      }
      number++;
    }
    if (left.add(-1) === 1) bank.stop();
  },

  server({ bank, door, lines, used, payments }, me) {
    bank.serve({
      pay({ customer, number, amount }) {
        const key = customer * payments + number;
        door.lock();
        if (lines[key] === 0) {
          used.value++;
          lines[key] = used.value;
        }
        const line = lines[key] - 1;
        me.write(line, customer, amount);
        door.unlock();
        return line;
      },
    });
  },
});
