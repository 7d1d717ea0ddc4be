// The tree of a program as the twin's writer goes through it: what is evaluated, in the order of the text.
import type { AnyNode } from 'acorn';

/** A function, whatever it is called by. */
export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;
export type ClassNode = Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>;

export const isFunction = (node: AnyNode): node is FunctionNode =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression';

export const isClass = (node: AnyNode): node is ClassNode =>
  node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Names that are no expressions: keys, labels, the words of `new.target`. */
function isName(node: AnyNode, field: string): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return field === 'property' && !node.computed;
    case 'Property':
      return field === 'key' && (!node.computed || node.shorthand);
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return field === 'key' && !node.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return field === 'label';
    case 'MetaProperty':
      return true;
  }
  return false;
}

/** The parts of `node` that are evaluated, bound or run. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  let children = known.get(node);
  if (!children) {
    children = found(node);
    known.set(node, children);
  }
  return children;
}

/** A tree is gone over many times. */
const known = new WeakMap<AnyNode, readonly AnyNode[]>();

function found(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const [field, value] of Object.entries(node)) {
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) children.push(one);
    } else if (isNode(value) && !isName(node, field)) children.push(value);
  }
  return children.sort((a, b) => a.start - b.start);
}

/** Goes over `node` and all below it, up to where `enter` says false. */
export function visit(
  node: AnyNode,
  enter: (node: AnyNode, parent?: AnyNode) => unknown,
  parent?: AnyNode,
): void {
  if (enter(node, parent) === false) return;
  for (const child of childrenOf(node)) visit(child, enter, node);
}

/** The names that a pattern binds, or assigns to. */
export function namesIn(pattern: AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((p) => namesIn(p.type === 'Property' ? p.value : p.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap((e) => (e ? namesIn(e) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
  }
  return [];
}
