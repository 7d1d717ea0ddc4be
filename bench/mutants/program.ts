import { type AnyNode, parse } from 'acorn';
import { transform } from 'esbuild';
import { type FunctionNode, isFunction, visit } from '../../harness/problem/twin/children.ts';

export type NodeOf<T extends AnyNode['type']> = Extract<AnyNode, { type: T }>;
export type Block = NodeOf<'BlockStatement'>;

/** A solution without its types, and its tree. */
export interface Program {
  readonly text: string;
  readonly tree: AnyNode;
  /** The function that makes the shared objects, and what it returns: an object literal. */
  readonly share: FunctionNode;
  readonly shared: NodeOf<'ObjectExpression'>;
  readonly roles: readonly (FunctionNode & { readonly body: Block })[];
  /** The text of `node`. */
  of(node: AnyNode): string;
  /** Every node of a type, in the order of the text. Default: in the whole program. */
  all<T extends AnyNode['type']>(type: T, within?: AnyNode): NodeOf<T>[];
  parentOf(node: AnyNode): AnyNode | undefined;
  /** The innermost function around `node`. */
  functionOf(node: AnyNode): AnyNode | undefined;
}

/** What `share` returns. */
function literalOf(share: FunctionNode): NodeOf<'ObjectExpression'> | undefined {
  const { body } = share;
  if (body.type === 'ObjectExpression') return body;
  if (body.type !== 'BlockStatement') return undefined;
  const last = body.body.at(-1);
  return last?.type === 'ReturnStatement' && last.argument?.type === 'ObjectExpression'
    ? last.argument
    : undefined;
}

/** Reads a solution in TypeScript. Throws where it has not the shape of one: `export default solve(problem, { … })`. */
export async function programOf(source: string): Promise<Program> {
  const { code: text } = await transform(source, {
    loader: 'ts',
    target: 'esnext',
    charset: 'utf8',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  const tree: AnyNode = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  const parents = new Map<AnyNode, AnyNode>();
  visit(tree, (node, parent) => {
    if (parent) parents.set(node, parent);
  });
  const all: Program['all'] = (type, within = tree) => {
    const found: AnyNode[] = [];
    visit(within, (node) => {
      if (node.type === type) found.push(node);
    });
    return found as never;
  };
  const solve = all('ExportDefaultDeclaration').at(0)?.declaration;
  const given = solve?.type === 'CallExpression' ? solve.arguments.at(1) : undefined;
  if (given?.type !== 'ObjectExpression') throw new Error('a solution calls solve with an object literal');
  let share: FunctionNode | undefined;
  const roles: (FunctionNode & { readonly body: Block })[] = [];
  for (const p of given.properties) {
    if (p.type !== 'Property' || p.key.type !== 'Identifier' || !isFunction(p.value)) continue;
    if (p.key.name === 'share') share = p.value;
    else if (p.value.body.type === 'BlockStatement') roles.push(p.value as (typeof roles)[number]);
  }
  const shared = share && literalOf(share);
  if (!share || !shared) throw new Error('share returns an object literal');
  return {
    text,
    tree,
    share,
    shared,
    roles,
    of: (node) => text.slice(node.start, node.end),
    all,
    parentOf: (node) => parents.get(node),
    functionOf: (node) => {
      let outer = parents.get(node);
      while (outer && !isFunction(outer)) outer = parents.get(outer);
      return outer;
    },
  };
}
