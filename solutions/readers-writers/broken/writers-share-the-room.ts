/**
 * @finding unsafe
 * @rule only one writer writes at a time
 * @misconception What is right for readers is right for writers: the first takes the room, the last gives it back.
 * @smallest {"readers":1,"writers":2,"visits":1}
 */
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({
    room: semaphore(1),
    readersDoor: mutex(),
    readers: int32(),
    writersDoor: mutex(),
    writers: int32(),
  }),

  reader({ room, readersDoor, readers }, me) {
    for (const visit of me.visits) {
      readersDoor.lock();
      readers.value++;
      if (readers.value === 1) room.wait();
      readersDoor.unlock();

      me.read(visit);

      readersDoor.lock();
      readers.value--;
      if (readers.value === 0) room.post();
      readersDoor.unlock();
    }
  },

  writer({ room, writersDoor, writers }, me) {
    for (const visit of me.visits) {
      writersDoor.lock();
      writers.value++;
      if (writers.value === 1) room.wait();
      writersDoor.unlock();

      me.write(visit);

      writersDoor.lock();
      writers.value--;
      if (writers.value === 0) room.post();
      writersDoor.unlock();
    }
  },
});
