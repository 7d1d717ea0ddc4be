// Datagrams over a socket, and flow control as protocols of networks have it: who wants to send needs a credit, and whoever
// takes an item out sends one back. The credits are datagrams too; there are as many as the buffer has slots.
import { atomicInt32, solve, unixDatagram } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

/** A queue of datagrams holds 11, and nobody shall wait for room in one: credits only go round. */
const MOST = 8;

export default solve(problem, {
  share: (c) => ({
    items: unixDatagram(),
    credits: unixDatagram(),
    first: atomicInt32(1),
    slots: Math.min(c.capacity, MOST),
  }),

  producer({ items, credits }, me) {
    for (const item of me.items) {
      credits.receive();
      items.send(item);
    }
  },

  consumer({ items, credits, first, slots }, me) {
    if (first.exchange(0) === 1) for (let n = 0; n < slots; n++) credits.send(1);
    for (let n = 0; n < me.quota; n++) {
      const item = items.receiveInt32();
      credits.send(1);
      me.consume(item);
    }
  },
});
