import type { AnyNode } from 'acorn';
import type { Change, Family, Operator } from '../operator.ts';
import type { Program } from '../program.ts';

const replace = (program: Program, node: AnyNode, by: string): Change => ({
  what: `${by} for ${program.of(node)}`,
  at: node.start,
  edit: (text) => text.overwrite(node.start, node.end, by),
});

const constant: Operator = (program) =>
  program.all('Literal').flatMap((node) => {
    if (typeof node.value === 'boolean') return [replace(program, node, String(!node.value))];
    if (typeof node.value !== 'number') return [];
    const { value } = node;
    return [value + 1, value - 1].map((other) =>
      replace(program, node, other < 0 ? `(${other})` : `${other}`),
    );
  });

const COMPARED: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '!=='],
  '<=': ['<', '==='],
  '>': ['>=', '!=='],
  '>=': ['>', '==='],
  '===': ['<=', '>='],
  '!==': ['<', '>'],
};

const comparison: Operator = (program) =>
  program.all('BinaryExpression').flatMap((node) =>
    (COMPARED[node.operator] ?? []).map((by) => ({
      ...replace(program, node, `${program.of(node.left)} ${by} ${program.of(node.right)}`),
    })),
  );

const negation: Operator = (program) => {
  const tests = [
    ...program.all('IfStatement'),
    ...program.all('WhileStatement'),
    ...program.all('DoWhileStatement'),
    ...program.all('ConditionalExpression'),
    ...program.all('ForStatement'),
  ].flatMap(({ test }) => (test ? [test] : []));
  return tests.map((test) => replace(program, test, `!(${program.of(test)})`));
};

const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '+', '%': '+', '/': '*' };
const ASSIGNED: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '++': '--', '--': '++' };
const CONNECTED: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' };

const arithmetic: Operator = (program) => [
  ...program.all('BinaryExpression').flatMap((node) => {
    const by = ARITHMETIC[node.operator];
    if (by === undefined) return [];
    const [left, right] = [program.of(node.left), program.of(node.right)];
    return [replace(program, node, `(${left} ${by} ${right})`), replace(program, node, left)];
  }),
  ...program.all('AssignmentExpression').flatMap((node) => {
    const by = ASSIGNED[node.operator];
    return by ? [replace(program, node, `${program.of(node.left)} ${by} ${program.of(node.right)}`)] : [];
  }),
  ...program.all('UpdateExpression').map((node) => {
    const by = ASSIGNED[node.operator];
    const [operand] = [program.of(node.argument)];
    return replace(program, node, node.prefix ? `${by}${operand}` : `${operand}${by}`);
  }),
  ...program.all('LogicalExpression').flatMap((node) => {
    const by = CONNECTED[node.operator];
    return by ? [replace(program, node, `(${program.of(node.left)} ${by} ${program.of(node.right)})`)] : [];
  }),
];

const index: Operator = (program) =>
  program.all('MemberExpression').flatMap((node) => {
    if (!node.computed) return [];
    const i = program.of(node.property);
    return [replace(program, node.property, `${i} + 1`), replace(program, node.property, '0')];
  });

/** `c.capacity` becomes 1, or one more, or one less. */
const parameter: Operator = (program) =>
  program.all('MemberExpression', program.share).flatMap((node) => {
    if (program.of(node.object) !== 'c') return [];
    const name = program.of(node);
    return ['1', `(${name} + 1)`, `(${name} - 1)`].map((by) => replace(program, node, by));
  });

/** Another number, or another truth. */
export const values: Family = {
  'another constant': constant,
  'another comparison': comparison,
  negate: negation,
  'another arithmetic': arithmetic,
  'another index': index,
  'another parameter': parameter,
};
