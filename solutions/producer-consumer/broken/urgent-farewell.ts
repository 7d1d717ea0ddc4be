/**
 * @finding lost
 * @rule every item is consumed
 * @misconception What is sent last comes last, also if it is urgent.
 */
import { int32, mutex, posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

const NO_MORE = 0;
const MOST = 10;

export default solve(problem, {
  share: (c) => ({
    buffer: posixQueue({ capacity: Math.min(c.capacity, MOST), messageSize: 4 }),
    lock: mutex(),
    producing: int32(c.producers),
    consumers: c.consumers,
  }),

  producer({ buffer, lock, producing, consumers }, me) {
    for (const item of me.items) buffer.send(item);
    lock.lock();
    const isLast = --producing.value === 0;
    lock.unlock();
    if (isLast) for (let n = 0; n < consumers; n++) buffer.send(NO_MORE, 1);
  },

  consumer({ buffer }, me) {
    for (let item = buffer.receive().int32; item !== NO_MORE; item = buffer.receive().int32) {
      me.consume(item);
    }
  },
});
