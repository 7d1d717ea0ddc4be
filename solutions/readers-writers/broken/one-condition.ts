/**
 * @finding deadlock
 * @misconception Readers and writers can wait on the same condition: a signal finds the one who can go on.
 * @smallest {"readers":1,"writers":2,"visits":1}
 */
import { bool, condition, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({
    desk: mutex(),
    changed: condition(),
    readers: int32(),
    writing: bool(),
    writersWaiting: int32(),
  }),

  reader({ desk, changed, readers, writing, writersWaiting }, me) {
    for (const visit of me.visits) {
      desk.lock();
      while (writing.value || writersWaiting.value > 0) changed.wait(desk);
      readers.value++;
      desk.unlock();

      me.read(visit);

      desk.lock();
      readers.value--;
      if (readers.value === 0) changed.signal();
      desk.unlock();
    }
  },

  writer({ desk, changed, readers, writing, writersWaiting }, me) {
    for (const visit of me.visits) {
      desk.lock();
      writersWaiting.value++;
      while (writing.value || readers.value > 0) changed.wait(desk);
      writersWaiting.value--;
      writing.value = true;
      desk.unlock();

      me.write(visit);

      desk.lock();
      writing.value = false;
      changed.signal();
      desk.unlock();
    }
  },
});
