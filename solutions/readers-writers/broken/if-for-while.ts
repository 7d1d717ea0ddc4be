/**
 * @finding unsafe
 * @rule nobody reads while a writer writes
 * @misconception After the wake-up the room is free: the writer who left has said so.
 * @smallest {"readers":1,"writers":1,"visits":2}
 */
import { bool, condition, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ desk: mutex(), changed: condition(), readers: int32(), writing: bool() }),

  reader({ desk, changed, readers, writing }, me) {
    for (const visit of me.visits) {
      desk.lock();
      if (writing.value) changed.wait(desk);
      readers.value++;
      desk.unlock();

      me.read(visit);

      desk.lock();
      readers.value--;
      if (readers.value === 0) changed.broadcast();
      desk.unlock();
    }
  },

  writer({ desk, changed, readers, writing }, me) {
    for (const visit of me.visits) {
      desk.lock();
      while (writing.value || readers.value > 0) changed.wait(desk);
      writing.value = true;
      desk.unlock();

      me.write(visit);

      desk.lock();
      writing.value = false;
      changed.broadcast();
      desk.unlock();
    }
  },
});
