// What several operators ask of statements.
import type { AnyNode } from 'acorn';
import { namesIn, visit } from '../../harness/problem/twin/children.ts';
import type { NodeOf, Program } from './program.ts';

/** The lists of statements: bodies of blocks, but not of the module. */
export const listsOf = (program: Program): (readonly AnyNode[])[] =>
  program.all('BlockStatement').map((b) => b.body);

/** Whether `node` thinks, which orders nothing. */
const thinks = (program: Program, node: AnyNode): boolean => /^me\.think\(\);?$/.test(program.of(node));

/** The statements that are one expression: an operation, an assignment. */
export const operations = (program: Program): NodeOf<'ExpressionStatement'>[] =>
  program.all('ExpressionStatement').filter((s) => !thinks(program, s));

/** The call `object.method(…)` that `statement` is; undefined where it is something else. */
export function callOf(
  program: Program,
  statement: AnyNode,
): { readonly object: string; readonly method: string; readonly call: NodeOf<'CallExpression'> } | undefined {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression')
    return undefined;
  const { callee } = statement.expression;
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  return {
    object: program.of(callee.object),
    method: program.of(callee.property),
    call: statement.expression,
  };
}

/** The names that `node` declares for its neighbours. */
export const declared = (node: AnyNode): string[] =>
  node.type === 'VariableDeclaration' ? node.declarations.flatMap((d) => namesIn(d.id)) : [];

/** Whether `node` mentions one of `names`. */
export function mentions(node: AnyNode, names: readonly string[]): boolean {
  let found = false;
  visit(node, (n) => {
    if (n.type === 'Identifier' && names.includes(n.name)) found = true;
  });
  return found;
}

/** Whether control can leave `node` other than at its end: return, break, continue, yield. */
export const jumps = (program: Program, node: AnyNode): boolean =>
  (['ReturnStatement', 'BreakStatement', 'ContinueStatement', 'YieldExpression'] as const).some(
    (type) => program.all(type, node).length > 0,
  );

/** Whether `node` may change places with a neighbour. */
export const moves = (program: Program, node: AnyNode): boolean =>
  !thinks(program, node) &&
  ![
    'ReturnStatement',
    'BreakStatement',
    'ContinueStatement',
    'ThrowStatement',
    'FunctionDeclaration',
  ].includes(node.type);
