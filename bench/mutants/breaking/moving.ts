import type { AnyNode } from 'acorn';
import type MagicString from 'magic-string';
import type { Change, Family, Operator } from '../operator.ts';
import { callOf, declared, listsOf, mentions, moves } from '../statements.ts';

const ACQUIRES = ['lock', 'wait', 'readLock', 'writeLock'];
const RELEASES = ['unlock', 'post'];

const neighbours: Operator = (program) =>
  listsOf(program).flatMap((list) =>
    list.slice(1).flatMap((second, i): Change[] => {
      const first = list[i];
      if (!moves(program, first) || !moves(program, second) || mentions(second, declared(first))) return [];
      return [
        {
          what: `swaps ${program.of(first)} and ${program.of(second)}`,
          at: first.start,
          edit: (text) => exchange(text, first, second, program.of),
        },
      ];
    }),
  );

function exchange(text: MagicString, a: AnyNode, b: AnyNode, of: (node: AnyNode) => string): void {
  text.overwrite(a.start, a.end, of(b));
  text.overwrite(b.start, b.end, of(a));
}

/** A statement between taking an object and giving it back goes before the one or behind the other. */
const outOfLock: Operator = (program) =>
  listsOf(program).flatMap((list) => {
    const changes: Change[] = [];
    for (const [from, first] of list.entries()) {
      const taken = callOf(program, first);
      if (taken === undefined || !ACQUIRES.includes(taken.method)) continue;
      const to = list.findIndex((s, i) => {
        const called = i > from ? callOf(program, s) : undefined;
        return called?.object === taken.object && RELEASES.includes(called.method);
      });
      for (let i = from + 1; i < to; i++) {
        const node = list[i];
        if (!moves(program, node)) continue;
        const before = list.slice(from, i).flatMap(declared);
        const place = (where: string, at: (text: MagicString) => void): Change => ({
          what: `moves ${program.of(node)} ${where} ${taken.object}`,
          at: node.start,
          edit: (text) => {
            text.remove(node.start, node.end);
            at(text);
          },
        });
        // Next to the lock itself it is a neighbour.
        if (i > from + 1 && !mentions(node, before))
          changes.push(
            place('before it takes', (text) => text.appendLeft(first.start, `${program.of(node)} `)),
          );
        if (i < to - 1 && !list.slice(i + 1, to + 1).some((s) => mentions(s, declared(node))))
          changes.push(
            place('after it gave back', (text) => text.appendRight(list[to].end, ` ${program.of(node)}`)),
          );
      }
    }
    return changes;
  });

const twoArguments: Operator = (program) =>
  [...program.all('CallExpression'), ...program.all('NewExpression')].flatMap((node): Change[] => {
    const [a, b] = node.arguments;
    if (a === undefined || b === undefined || program.of(node.callee) === 'solve') return [];
    return [
      {
        what: `swaps the arguments of ${program.of(node)}`,
        at: node.start,
        edit: (text) => exchange(text, a, b, program.of),
      },
    ];
  });

/** Puts something into another place. */
export const moving: Family = {
  'swap neighbours': neighbours,
  'move out of the lock': outOfLock,
  'swap arguments': twoArguments,
};
