// wronglock of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014): all count the same variable up, but the right role
// holds another lock than the left one, which finds that its own count went astray.
import { int32, mutex, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench-hunt' } as typeof problem, {
  share: () => ({ data: int32(), dataLock: mutex(), otherLock: mutex() }),

  left({ data, dataLock }, me) {
    dataLock.lock();
    const before = data.value;
    data.value++;
    if (data.value !== before + 1) me.fail();
    dataLock.unlock();
  },

  right({ data, otherLock }) {
    otherLock.lock();
    data.value++;
    otherLock.unlock();
  },
});
