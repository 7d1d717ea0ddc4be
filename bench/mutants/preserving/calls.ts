// The same calls and accesses, written in another way.
import type { AnyNode } from 'acorn';
import type { Family } from '../operator.ts';
import type { Program } from '../program.ts';
import { everywhere } from '../rewrite.ts';
import { callOf } from '../statements.ts';

/** Whether `node` is `cell.value`. */
const isValue = (program: Program, node: AnyNode): boolean =>
  node.type === 'MemberExpression' && !node.computed && program.of(node.property) === 'value';

/** Whether `node` calls a method of an object of the lab or of the student's. */
const isOperation = (program: Program, node: AnyNode): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  !node.callee.computed &&
  !node.optional &&
  !node.callee.optional &&
  node.callee.property.type === 'Identifier' &&
  node.callee.object.type !== 'Super' &&
  !/^(Math|Array|Object|Number|this)\b/.test(program.of(node.callee.object));

/** A rule for `object.method(arguments)`. */
const forCalls = (
  what: string,
  write: (object: string, method: string, given: string) => string,
  head = '',
) =>
  everywhere(
    what,
    (program) => (node, inner) => {
      if (!isOperation(program, node) || node.type !== 'CallExpression') return undefined;
      const { callee } = node;
      if (callee.type !== 'MemberExpression') return undefined;
      const given = node.arguments.map(inner).join(', ');
      return write(inner(callee.object), program.of(callee.property), given);
    },
    head,
  );

/** Methods that a generic helper calls by name. */
const helper = everywhere(
  'a helper of the student’s for every statement that is a call',
  (program) => (node, inner) => {
    const called = callOf(program, node);
    if (called === undefined || !isOperation(program, called.call)) return undefined;
    const { callee } = called.call;
    if (callee.type !== 'MemberExpression') return undefined;
    return `do_(${[inner(callee.object), `'${called.method}'`, ...called.call.arguments.map(inner)].join(', ')});`;
  },
  'function do_(object, method, ...given) { object[method](...given); }\n',
);

const readThenWrite = everywhere('x.value++ becomes a read and a write', () => (node, inner) => {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'UpdateExpression') return undefined;
  const { argument, operator } = node.expression;
  if (argument.type !== 'MemberExpression') return undefined;
  return `{ const was_ = ${inner(argument)}; ${inner(argument)} = was_ ${operator[0]} 1; }`;
});

const plusOne = everywhere('x.value++ becomes x.value += 1', (program) => (node, inner) => {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'UpdateExpression') return undefined;
  const { argument, operator } = node.expression;
  return program.of(argument).includes('.') ? `${inner(argument)} ${operator[0]}= 1;` : undefined;
});

const spelledOut = everywhere('x.value++ becomes x.value = x.value + 1', () => (node, inner) => {
  if (node.type !== 'UpdateExpression' || node.argument.type !== 'MemberExpression' || !node.prefix)
    return node.type === 'ExpressionStatement' &&
      node.expression.type === 'UpdateExpression' &&
      node.expression.argument.type === 'MemberExpression'
      ? `${inner(node.expression.argument)} = ${inner(node.expression.argument)} ${node.expression.operator[0]} 1;`
      : undefined;
  return `(${inner(node.argument)} = ${inner(node.argument)} ${node.operator[0]} 1)`;
});

const GETTERS = `const get_ = (cell) => cell.value;
function set_(cell, value) { cell.value = value; return value; }
`;

const accessors = everywhere(
  'helpers read and write x.value',
  (program) => (node, inner) => {
    if (node.type === 'UpdateExpression' && isValue(program, node.argument)) {
      if (node.argument.type !== 'MemberExpression') return undefined;
      const cell = inner(node.argument.object);
      const next = `set_(${cell}, get_(${cell}) ${node.operator[0]} 1)`;
      return node.prefix ? next : `(${next} ${node.operator[0] === '+' ? '-' : '+'} 1)`;
    }
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      if (!isValue(program, node.left)) return undefined;
      const cell = inner(node.left.object);
      const value = inner(node.right);
      return node.operator === '='
        ? `set_(${cell}, ${value})`
        : `set_(${cell}, get_(${cell}) ${node.operator.slice(0, -1)} (${value}))`;
    }
    if (node.type !== 'MemberExpression' || !isValue(program, node)) return undefined;
    // A signal that arrived has a value too, which is as good.
    return `get_(${inner(node.object)})`;
  },
  GETTERS,
);

const CELLS = `class Cell_ {
  #cell;
  constructor(cell) { this.#cell = cell; }
  get now() { return this.#cell.value; }
  set now(value) { this.#cell.value = value; }
}
`;

const getters = everywhere(
  'a class with a getter and a setter around every cell',
  (program) => (node, inner) =>
    node.type === 'MemberExpression' && isValue(program, node)
      ? `new Cell_(${inner(node.object)}).now`
      : undefined,
  CELLS,
);

/** The same calls and accesses in other words. */
export const calls: Family = {
  'helper for calls': helper,
  'calls by name': forCalls('object["method"]()', (o, m, given) => `${o}['${m}'](${given})`),
  'optional calls': forCalls('object?.method()', (o, m, given) => `${o}?.${m}(${given})`),
  'bound methods': forCalls(
    'object.method.bind(object)()',
    (o, m, given) => `((o_) => o_.${m}.bind(o_))(${o})(${given})`,
  ),
  'calls by call': forCalls('method.call(object)', (o, m, given) =>
    given ? `((o_) => o_.${m}.call(o_, ${given}))(${o})` : `((o_) => o_.${m}.call(o_))(${o})`,
  ),
  'spread arguments': forCalls('object.method(...[…])', (o, m, given) => `${o}.${m}(...[${given}])`),
  'calls in closures': forCalls(
    '(() => object.method())()',
    (o, m, given) => `(() => ${o}.${m}(${given}))()`,
  ),
  'read, then write': readThenWrite,
  'plus one': plusOne,
  'spelled out': spelledOut,
  accessors,
  getters,
};
