// Without a lock: each payment claims its line by compare-and-set, and who finds it claimed takes the line that is there. Lines
// that nobody came to claim stay empty. Calls are named by one number, which the customer counts on, and go over TCP.
// Source: deduplication by a key that the client chooses (Gray, "Notes on data base operating systems", 1978, on messages
// with sequence numbers).
import { atomicInt32, RpcError, rpc, solve, xdr } from 'interleave';
import problem from 'interleave/problems/bank-rpc';

const payment = xdr.struct({ key: xdr.unsigned, customer: xdr.int, amount: xdr.int });

export default solve(problem, {
  share: (c) => ({
    bank: rpc({ procedures: { pay: [payment, xdr.int] }, connections: 2, over: 'tcp' }),
    left: atomicInt32(c.customers),
    next: atomicInt32(),
    /** For each payment: its line, from 1; 0 for none. */
    lines: Array.from({ length: c.customers * c.payments }, () => atomicInt32()),
    payments: c.payments,
  }),

  customer({ bank, left, payments }, me) {
    let connection = bank.connect();
    let key = me.number * payments;
    for (const amount of me.payments) {
      const call = { key, customer: me.number, amount };
      let line: number | undefined;
      while (line === undefined) {
        try {
          line = connection.call('pay', call);
        } catch (e) {
          if (!(e instanceof RpcError)) throw e;
          connection.close();
          connection = bank.connect();
        }
      }
      me.receipt(line);
      key++;
    }
    connection.close();
    if (left.add(-1) === 1) bank.stop();
  },

  server({ bank, next, lines }, me) {
    bank.serve({
      pay({ key, customer, amount }) {
        if (lines[key].load() === 0) lines[key].compareAndSet(0, next.add(1) + 1);
        const line = lines[key].load() - 1;
        me.write(line, customer, amount);
        return line;
      },
    });
  },
});
