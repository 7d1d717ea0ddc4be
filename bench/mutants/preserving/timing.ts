// Time that passes where it makes no difference.
import type { AnyNode } from 'acorn';
import type { Change, Family, Operator } from '../operator.ts';
import type { Program } from '../program.ts';
import { everywhere } from '../rewrite.ts';
import { listsOf } from '../statements.ts';

/** Whether a role's function runs `list` itself. */
const isOfRole = (program: Program, list: readonly AnyNode[]): boolean =>
  list.length > 0 && program.roles.some((r) => r === program.functionOf(list[0]));

const between = (what: string, extra: string, head = ''): Operator =>
  everywhere(
    what,
    (program) => (node, inner) =>
      node.type === 'BlockStatement' && isOfRole(program, node.body)
        ? `{ ${node.body.map((s) => `${extra} ${inner(s)}`).join('\n')} }`
        : undefined,
    head,
  );

const SLEEP = "import { sleep as sleep_ } from 'interleave';\n";

/** A sleep at one place. */
const oneSleep: Operator = (program) =>
  listsOf(program)
    .filter((list) => isOfRole(program, list))
    .flatMap((list) =>
      list.map(
        (s): Change => ({
          what: `sleeps before ${program.of(s).split('\n')[0]}`,
          at: s.start,
          edit: (text) => {
            text.prepend(SLEEP);
            text.appendLeft(s.start, 'sleep_(1); ');
          },
        }),
      ),
    );

const thinks: Operator = (program) =>
  /\bme\.think\(\)/.test(program.text)
    ? between('thinks before every statement', 'me.think();')(program)
    : [];

/** Time passes. */
export const timing: Family = {
  thinks,
  'sleep everywhere': between('sleeps before every statement', 'sleep_(1);', SLEEP),
  'sleep nowhere': between('sleeps for no time before every statement', 'sleep_(0);', SLEEP),
  'sleep once': oneSleep,
};
