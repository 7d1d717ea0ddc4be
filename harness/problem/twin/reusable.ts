// Whether a program's top level only names things: functions, classes, numbers, the solution. Then evaluating it once
// more gives the same, and nothing that a run does can be seen by the next one.
import type { AnyNode, Program } from 'acorn';
import { childrenOf } from './children.ts';

const given = new Set(['__interleave', '__problem', '__deliver']);

/**
 * The names of `tree`'s top level, if what they stand for can be used for one run after the other. Once it is fixed,
 * what would change it throws; what would not throw is not reusable.
 */
export function reusable(tree: Program): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const node of tree.body) {
    if (node.type === 'EmptyStatement') continue;
    if (node.type === 'FunctionDeclaration') names.add(node.id.name);
    else if (node.type === 'ClassDeclaration') {
      names.add(node.id.name);
      if (!isPlainClass(node)) return undefined;
    } else if (node.type === 'VariableDeclaration') {
      for (const { id, init } of node.declarations) {
        if (id.type !== 'Identifier' || !init || !isConstant(init)) return undefined;
        names.add(id.name);
      }
    } else if (node.type === 'ExpressionStatement') {
      if (!isConstant(node.expression)) return undefined;
    } else return undefined;
  }
  return assigns(tree, names) || isQuiet(tree) ? undefined : names;
}

/** What is the same whenever it is evaluated, and cannot be changed: numbers, texts, functions, and calls of the lab. */
function isConstant(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
      return !('regex' in node && node.regex);
    case 'Identifier':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'ClassExpression':
      return isPlainClass(node);
    case 'UnaryExpression':
      return isConstant(node.argument);
    case 'BinaryExpression':
      return node.left.type !== 'PrivateIdentifier' && isConstant(node.left) && isConstant(node.right);
    case 'CallExpression': {
      const { callee } = node;
      // (() => __interleave.semaphore)(): how a name of the lab comes into the program.
      if (callee.type === 'ArrowFunctionExpression') {
        const { body } = callee;
        return (
          body.type === 'MemberExpression' && body.object.type === 'Identifier' && given.has(body.object.name)
        );
      }
      if (callee.type !== 'Identifier' || (!given.has(callee.name) && callee.name !== 'solve')) return false;
      return node.arguments.every((a) => isConstant(a) || isSolution(a));
    }
    default:
      return false;
  }
}

/** The solution itself: an object of functions. */
const isSolution = (node: AnyNode): boolean =>
  node.type === 'ObjectExpression' &&
  node.properties.every(
    (p) => p.type === 'Property' && p.kind === 'init' && !p.computed && isConstant(p.value),
  );

const isPlainClass = (node: AnyNode): boolean =>
  (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') &&
  (!node.superClass || node.superClass.type === 'Identifier') &&
  node.body.body.every(
    (m) =>
      m.type !== 'StaticBlock' &&
      !m.computed &&
      !(m.type === 'PropertyDefinition' && m.static) &&
      !(m.type === 'MethodDefinition' && m.key.type === 'PrivateIdentifier'), // cannot be fixed from outside
  );

/** Whether anything in `node` may try to change something without an exception if it cannot. */
function isQuiet(node: AnyNode): boolean {
  if (node.type === 'Identifier') return node.name === 'Reflect' || node.name === 'globalThis';
  return childrenOf(node).some(isQuiet);
}

/** Whether anything in `node` is assigned to one of `names`, or to a function's property. */
function assigns(node: AnyNode, names: ReadonlySet<string>): boolean {
  const target =
    node.type === 'AssignmentExpression'
      ? node.left
      : node.type === 'UpdateExpression'
        ? node.argument
        : undefined;
  if (target !== undefined && mentions(target, names)) return true;
  for (const child of childrenOf(node)) if (assigns(child, names)) return true;
  return false;
}

/** Names of the top level that `node` mentions, as the target of an assignment or what it is a part of. */
function mentions(node: AnyNode, names: ReadonlySet<string>): boolean {
  if (node.type === 'Identifier') return names.has(node.name);
  for (const child of childrenOf(node)) if (mentions(child, names)) return true;
  return false;
}
