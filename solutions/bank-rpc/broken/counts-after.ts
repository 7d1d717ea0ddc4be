/**
 * @finding unsafe
 * @rule what stands on a line is never written over
 * @misconception A line is used once it is written.
 * @smallest {"customers":2,"payments":1}
 */
import { atomicInt32, int32, int32Array, mutex, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ customer: xdr.int, number: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2 }),
    left: atomicInt32(c.customers),
    door: mutex({ robust: true }),
    /** For each line: the payment that stands on it, by customer and number. */
    keys: int32Array(c.customers * c.payments),
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

  server({ bank, door, keys, used, payments }, me) {
    bank.serve({
      pay({ customer, number, amount }) {
        const key = customer * payments + number;
        door.lock();
        if (door.ownerDied) door.consistent();
        let line = 0;
        while (line < used.value && keys[line] !== key) line++;
        if (line === used.value) {
          me.write(line, customer, amount);
          keys[line] = key;
          used.value = line + 1;
        }
        door.unlock();
        return line;
      },
    });
  },
});
