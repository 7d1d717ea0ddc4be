import type { Family, Operator } from '../operator.ts';
import { callOf, operations } from '../statements.ts';

const CONTROL = [
  'IfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'ReturnStatement',
  'BreakStatement',
  'ContinueStatement',
] as const;

const statement: Operator = (program) =>
  [...operations(program), ...CONTROL.flatMap((type) => program.all(type))].map((node) => ({
    what: `leaves out ${program.of(node)}`,
    at: node.start,
    edit: (text) => text.overwrite(node.start, node.end, ';'),
  }));

/** Everything that one function, or the whole program, does with one object by statements of their own. */
const object: Operator = (program) => {
  const groups = new Map<string, ReturnType<typeof operations>>();
  for (const node of operations(program)) {
    const called = callOf(program, node);
    if (called === undefined || called.object === 'me') continue;
    for (const key of [
      `${called.object} everywhere`,
      `${called.object} ${program.functionOf(node)?.start}`,
    ]) {
      groups.set(key, [...(groups.get(key) ?? []), node]);
    }
  }
  return [...groups.values()]
    .filter((nodes) => nodes.length > 1)
    .map((nodes) => ({
      what: `leaves out ${nodes.map(program.of).join(' ')}`,
      at: nodes[0].start,
      edit: (text) => {
        for (const node of nodes) text.overwrite(node.start, node.end, ';');
      },
    }));
};

/** `if (c) s` becomes `s`. */
const condition: Operator = (program) =>
  program.all('IfStatement').map((node) => ({
    what: `does not ask whether ${program.of(node.test)}`,
    at: node.start,
    edit: (text) => text.overwrite(node.test.start, node.test.end, 'true'),
  }));

/** One side of `a && b` or `a || b`. */
const side: Operator = (program) =>
  program.all('LogicalExpression').flatMap((node) =>
    [node.left, node.right].map((kept) => ({
      what: `${program.of(node)} becomes ${program.of(kept)}`,
      at: node.start,
      edit: (text) => text.overwrite(node.start, node.end, program.of(kept)),
    })),
  );

/** The last of several arguments; options, mostly. */
const argument: Operator = (program) =>
  program.all('CallExpression').flatMap((node) => {
    const last = node.arguments.at(-1);
    if (last === undefined || program.of(node.callee) === 'solve') return [];
    const from = node.arguments.at(-2)?.end ?? last.start;
    return [
      {
        what: `${program.of(node)} without ${program.of(last)}`,
        at: node.start,
        edit: (text) => text.remove(from, last.end),
      },
    ];
  });

/** Leaves something out. */
export const leavingOut: Family = {
  'leave out a statement': statement,
  'leave out an object': object,
  'leave out a condition': condition,
  'leave out a side of a condition': side,
  'leave out an argument': argument,
};
