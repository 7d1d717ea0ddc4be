// The same roles in other forms: what a student may write who likes classes, closures or generators.
import type { AnyNode } from 'acorn';
import type { Family, Operator } from '../operator.ts';
import type { Program } from '../program.ts';
import { everywhere, type Rule } from '../rewrite.ts';

type Role = Program['roles'][number];
type Inner = Parameters<Rule>[1];

const roleOf = (program: Program, node: AnyNode): Role | undefined =>
  node.type === 'Property' ? program.roles.find((r) => r === node.value) : undefined;

const statements = (role: Role, inner: Inner): string => role.body.body.map(inner).join('\n');

/** Writes each role anew, as a property of the solution. */
const eachRole = (what: string, write: (name: string, params: string, body: string) => string): Operator =>
  everywhere(what, (program) => (node, inner) => {
    const role = roleOf(program, node);
    if (role === undefined || node.type !== 'Property') return undefined;
    return write(program.of(node.key), role.params.map(inner).join(', '), statements(role, inner));
  });

const generator: Operator = everywhere('a generator, run to its end', (program) => (node, inner) => {
  const role = roleOf(program, node);
  if (role === undefined || node.type !== 'Property') return undefined;
  const body = role.body.body.map((s) => `${inner(s)} yield;`).join('\n');
  const params = role.params.map(inner).join(', ');
  return `${program.of(node.key)}(${params}) { const steps_ = (function* () { ${body} })(); while (!steps_.next().done); }`;
});

/** A generator that stands still after every statement of a loop. */
const slowGenerator: Operator = everywhere(
  'a generator that yields after every statement',
  (program) => (node, inner) => {
    if (node.type === 'BlockStatement' && program.roles.some((r) => isIn(program, node, r)))
      return `{ ${node.body.map((s) => `${inner(s)} ${/Return|Break|Continue/.test(s.type) ? '' : 'yield 1;'}`).join('\n')} }`;
    const role = roleOf(program, node);
    if (role === undefined || node.type !== 'Property') return undefined;
    const params = role.params.map(inner).join(', ');
    return `${program.of(node.key)}(${params}) { for (const _ of (function* () ${inner(role.body)})()); }`;
  },
);

/** Whether `node` runs in the role's own function, not in one within it. */
const isIn = (program: Program, node: AnyNode, role: Role): boolean => program.functionOf(node) === role;

/** Names of the objects are taken from one object that is passed on. */
const sharedByName: Operator = everywhere(
  'shared.lock instead of destructuring',
  (program) => (node, inner) => {
    const role = roleOf(program, node);
    if (role === undefined || node.type !== 'Property') return undefined;
    const [given, ...others] = role.params;
    if (given?.type !== 'ObjectPattern') return undefined;
    const params = ['shared_', ...others.map(inner)].join(', ');
    return `${program.of(node.key)}(${params}) { const ${inner(given)} = shared_; ${statements(role, inner)} }`;
  },
);

const world: Operator = everywhere('const { eat } = me', (program) => (node, inner) => {
  const role = roleOf(program, node);
  if (role === undefined || node.type !== 'Property' || role.params[1]?.type !== 'Identifier')
    return undefined;
  const members = program
    .all('MemberExpression', role.body)
    .filter((m) => program.of(m.object) === 'me' && !m.computed);
  const names = [...new Set(members.map((m) => program.of(m.property)))];
  const renamed = names.map((n) => `${n}: ${n}_`).join(', ');
  const body = statements(role, inner).replace(/\bme\.(\w+)/g, (_, n: string) => `${n}_`);
  return `${program.of(node.key)}(${role.params.map(inner).join(', ')}) { const { ${renamed} } = me; ${body} }`;
});

const CLASS = 'class Role_ { run() { throw new Error("no role"); } }\n';

const classes: Operator = everywhere(
  'a class with a method for each role',
  (program) => (node, inner) => {
    const role = roleOf(program, node);
    if (role === undefined || node.type !== 'Property') return undefined;
    const params = role.params.map(inner).join(', ');
    const given = role.params.map((_, i) => `given_[${i}]`).join(', ');
    return `${program.of(node.key)}(...given_) {
      class Player_ extends Role_ { #played = false; run(${params}) { ${statements(role, inner)} this.#played = true; } }
      new Player_().run(${given});
    }`;
  },
  CLASS,
);

/** The same roles in other forms. */
export const forms: Family = {
  'arrow functions': eachRole(
    'an arrow function',
    (name, params, body) => `${name}: (${params}) => { ${body} }`,
  ),
  'function expressions': eachRole(
    'a function expression',
    (name, params, body) => `${name}: function role_(${params}) { ${body} }`,
  ),
  closures: eachRole(
    'a closure',
    (name, params, body) => `${name}(${params}) { const all_ = () => { ${body} }; return all_(); }`,
  ),
  generator,
  'slow generator': slowGenerator,
  'shared by name': sharedByName,
  'destructured world': world,
  classes,
};
