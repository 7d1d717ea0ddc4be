// reorder of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014): the left role sets two variables one after the other,
// the right one looks whether it sees none or both set. It reads each as often as the original's condition does.
import { int32, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench-hunt' } as typeof problem, {
  share: () => ({ a: int32(), b: int32() }),

  left({ a, b }) {
    a.value = 1;
    b.value = -1;
  },

  right({ a, b }, me) {
    if (!((a.value === 0 && b.value === 0) || (a.value === 1 && b.value === -1))) me.fail();
  },
});
