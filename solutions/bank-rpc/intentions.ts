// Intentions: the bank gives each payment, known by customer and number, a line of its own before it writes anything, and
// whoever is asked again writes to that line again. The mutex is robust: its owner may be the server that is killed.
// Source: write-ahead logging with redo (Gray and Reuter, "Transaction processing", 1993, chapter 9).
import { atomicInt32, int32, int32Array, mutex, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ customer: xdr.int, number: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2 }),
    left: atomicInt32(c.customers),
    door: mutex({ robust: true }),
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
        if (door.ownerDied) door.consistent(); // at worst a line was left out
        if (lines[key] === 0) {
          used.value++;
          lines[key] = used.value;
        }
        const line = lines[key] - 1;
        door.unlock();
        me.write(line, customer, amount);
        return line;
      },
    });
  },
});
