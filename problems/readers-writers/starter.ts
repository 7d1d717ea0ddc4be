// Readers and writers: your solution. The rules are in problems/readers-writers/README.md.
//
// What you may import and create in share:
//   semaphore(n)          wait(), post()
//   mutex()               lock(), unlock()
//   condition()           wait(mutex), signal(), broadcast()
//   int32(0), bool()      a number, a truth value: readers.value
import { solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  // Creates what all processes share. c.readers, c.writers and c.visits (of each) are there if you need them.
  share: (_c) => ({}),

  reader(_shared, me) {
    for (const visit of me.visits) {
      throw new Error(`implement reader: me.read(${visit}) while nobody writes`);
    }
  },

  writer(_shared, me) {
    for (const visit of me.visits) {
      throw new Error(`implement writer: me.write(${visit}) while nobody else reads or writes`);
    }
  },
});
