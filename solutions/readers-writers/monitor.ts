// A monitor with two conditions: who reads and who writes is written down under a mutex, which nobody holds while
// reading or writing. A reader gives way to a writer who waits.
// Source: C. A. R. Hoare, "Monitors: an operating system structuring concept", CACM 17(10), 1974; with the
// `while` of B. W. Lampson and D. D. Redell, "Experience with processes and monitors in Mesa", CACM 23(2), 1980.
import { bool, condition, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({
    desk: mutex(),
    mayRead: condition(),
    mayWrite: condition(),
    readers: int32(),
    writing: bool(),
    writersWaiting: int32(),
  }),

  reader({ desk, mayRead, mayWrite, readers, writing, writersWaiting }, me) {
    for (const visit of me.visits) {
      desk.lock();
      while (writing.value || writersWaiting.value > 0) mayRead.wait(desk);
      readers.value++;
      desk.unlock();

      me.read(visit);

      desk.lock();
      readers.value--;
      if (readers.value === 0) mayWrite.signal();
      desk.unlock();
    }
  },

  writer({ desk, mayRead, mayWrite, readers, writing, writersWaiting }, me) {
    for (const visit of me.visits) {
      desk.lock();
      writersWaiting.value++;
      while (writing.value || readers.value > 0) mayWrite.wait(desk);
      writersWaiting.value--;
      writing.value = true;
      desk.unlock();

      me.write(visit);

      desk.lock();
      writing.value = false;
      if (writersWaiting.value > 0) mayWrite.signal();
      else mayRead.broadcast();
      desk.unlock();
    }
  },
});
