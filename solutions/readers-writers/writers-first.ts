// Writers first: two light switches. The first writer who comes switches the readers' entrance off, the last one who
// leaves switches it on again. A third mutex lets one reader at a time wait at the entrance, so that a writer who
// comes is second in line at most.
// Source: P. J. Courtois, F. Heymans and D. L. Parnas, "Concurrent control with 'readers' and 'writers'", CACM 14(10),
// 1971, problem 2.
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({
    queue: mutex(),
    entrance: semaphore(1),
    room: semaphore(1),
    readersDesk: mutex(),
    readers: int32(),
    writersDesk: mutex(),
    writers: int32(),
  }),

  reader({ queue, entrance, room, readersDesk, readers }, me) {
    for (const visit of me.visits) {
      queue.lock();
      entrance.wait();
      readersDesk.lock();
      readers.value++;
      if (readers.value === 1) room.wait();
      readersDesk.unlock();
      entrance.post();
      queue.unlock();

      me.read(visit);

      readersDesk.lock();
      readers.value--;
      if (readers.value === 0) room.post();
      readersDesk.unlock();
    }
  },

  writer({ entrance, room, writersDesk, writers }, me) {
    for (const visit of me.visits) {
      writersDesk.lock();
      writers.value++;
      if (writers.value === 1) entrance.wait();
      writersDesk.unlock();

      room.wait();
      me.write(visit);
      room.post();

      writersDesk.lock();
      writers.value--;
      if (writers.value === 0) entrance.post();
      writersDesk.unlock();
    }
  },
});
