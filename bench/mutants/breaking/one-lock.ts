// Too much of a good thing: a lock around what should happen at the same time.
import type MagicString from 'magic-string';
import { importing } from '../importing.ts';
import type { Change, Family, Operator } from '../operator.ts';
import type { Program } from '../program.ts';
import { callOf, operations } from '../statements.ts';

/** Adds a mutex to what is shared; `body` may say `one_`. */
function withOne(program: Program, what: string, at: number, around: (text: MagicString) => void): Change {
  return {
    what,
    at,
    edit: (text) => {
      importing(text, 'mutex as mutex_');
      text.appendLeft(program.shared.start + 1, 'one_: mutex_(), ');
      for (const { params } of program.roles)
        if (params[0]?.type === 'ObjectPattern') text.appendLeft(params[0].start + 1, 'one_, ');
      around(text);
    },
  };
}

/** Around every call of the world, one kind of call after the other. */
const aroundEvents: Operator = (program) => {
  const calls = operations(program).filter((node) => callOf(program, node)?.object === 'me');
  const methods = [...new Set(calls.map((node) => callOf(program, node)?.method))];
  return methods.map((method) =>
    withOne(program, `one lock around every me.${method}()`, calls[0].start, (text) => {
      for (const node of calls.filter((n) => callOf(program, n)?.method === method)) {
        text.overwrite(node.start, node.end, `{ one_.lock(); ${program.of(node)} one_.unlock(); }`);
      }
    }),
  );
};

/** Synchronises more than it should. */
export const oneLock: Family = { 'one lock around events': aroundEvents };
