// Passing the baton: three semaphores of which at most one is ever 1. Whoever holds that unit, the baton, may touch
// the buffer; at the end it goes to somebody who was waiting and can go on now, else back to the entry. Nobody can
// come between, so an `if` is enough where a condition would need a `while`.
// Source: G. R. Andrews, "A method for solving synchronization problems", Science of Computer Programming 13, 1989.
import { int32, int32Array, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => {
    const entry = semaphore(1);
    const canPut = semaphore(0);
    const canTake = semaphore(0);
    const buffer = int32Array(c.capacity);
    const head = int32();
    const count = int32();
    const waitingToPut = int32();
    const waitingToTake = int32();
    const pass = () => {
      if (waitingToPut.value > 0 && count.value < buffer.length) {
        waitingToPut.value--;
        canPut.post();
      } else if (waitingToTake.value > 0 && count.value > 0) {
        waitingToTake.value--;
        canTake.post();
      } else entry.post();
    };
    return { entry, canPut, canTake, buffer, head, count, waitingToPut, waitingToTake, pass };
  },

  producer({ entry, canPut, buffer, head, count, waitingToPut, pass }, me) {
    for (const item of me.items) {
      entry.wait();
      if (count.value === buffer.length) {
        waitingToPut.value++;
        entry.post();
        canPut.wait();
      }
      buffer[(head.value + count.value) % buffer.length] = item;
      count.value++;
      pass();
    }
  },

  consumer({ entry, canTake, buffer, head, count, waitingToTake, pass }, me) {
    for (let n = 0; n < me.quota; n++) {
      entry.wait();
      if (count.value === 0) {
        waitingToTake.value++;
        entry.post();
        canTake.wait();
      }
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      count.value--;
      pass();
      me.consume(item);
    }
  },
});
