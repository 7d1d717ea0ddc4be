/**
 * @finding unsafe
 * @rule nobody reads while a writer writes
 * @misconception The writer waits for the readers, so the readers need not wait for the writer.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { bool, condition, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ desk: mutex(), roomEmpty: condition(), readers: int32(), writing: bool() }),

  reader({ desk, roomEmpty, readers }, me) {
    for (const visit of me.visits) {
      desk.lock();
      readers.value++;
      desk.unlock();

      me.read(visit);

      desk.lock();
      readers.value--;
      if (readers.value === 0) roomEmpty.broadcast();
      desk.unlock();
    }
  },

  writer({ desk, roomEmpty, readers, writing }, me) {
    for (const visit of me.visits) {
      desk.lock();
      while (readers.value > 0 || writing.value) roomEmpty.wait(desk);
      writing.value = true;
      desk.unlock();

      me.write(visit);

      desk.lock();
      writing.value = false;
      roomEmpty.broadcast();
      desk.unlock();
    }
  },
});
