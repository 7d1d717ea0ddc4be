// Two processes that do nothing but take steps, each with a result to wait for: the schedule alone decides who moves.
import { int32, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench' } as typeof problem, {
  share: () => ({ cell: int32(0) }),

  left({ cell }, me) {
    for (let i = 0; i < me.times; i++) void cell.value;
  },

  right({ cell }, me) {
    for (let i = 0; i < me.times; i++) void cell.value;
  },
});
