/**
 * @finding deadlock
 * @misconception Who reads already may always read once more: readers do not keep each other out.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { bool, condition, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

// A lock that lets waiting writers in first, like Go's RWMutex, where it is found in the field (T. Tu et al.,
// "Understanding real-world concurrency bugs in Go", ASPLOS 2019): a writer has come between the two.
class Book {
  lock = mutex();
  changed = condition();
  readers = int32();
  waiting = int32();
  writing = bool();

  open(): void {
    this.lock.lock();
    while (this.writing.value || this.waiting.value > 0) this.changed.wait(this.lock);
    this.readers.value++;
    this.lock.unlock();
  }

  close(): void {
    this.lock.lock();
    this.readers.value--;
    this.changed.broadcast();
    this.lock.unlock();
  }
}

export default solve(problem, {
  share: () => ({ book: new Book() }),

  reader({ book }, me) {
    const look = (visit: number) => {
      book.open();
      me.read(visit);
      book.close();
    };
    for (const visit of me.visits) {
      book.open();
      look(visit);
      book.close();
    }
  },

  writer({ book: { lock, changed, readers, waiting, writing } }, me) {
    for (const visit of me.visits) {
      lock.lock();
      waiting.value++;
      while (writing.value || readers.value > 0) changed.wait(lock);
      waiting.value--;
      writing.value = true;
      lock.unlock();
      me.write(visit);
      lock.lock();
      writing.value = false;
      changed.broadcast();
      lock.unlock();
    }
  },
});
