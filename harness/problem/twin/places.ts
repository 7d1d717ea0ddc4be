// Where the generator function of a coroutine is kept. The engine gives every closure of a generator function a
// prototype and a shape of its own, and calling a fresh one costs twenty times what calling it again does (5.6 µs
// and 0.25 µs, Node 20). So it is made once for as long as all that it refers to stays the same, and kept in a
// variable of the outermost block of which that is true.
import type { AnyNode } from 'acorn';
import { childrenOf, type FunctionNode, isClass, isFunction, namesIn, visit } from './children.ts';
import type { Steps } from './steps.ts';

const LOOP = /^(For|While|DoWhile)/;

/** The names that `node` declares for what is inside it. */
function declaredBy(node: AnyNode): Set<string> {
  const names = new Set<string>();
  const add = (pattern: AnyNode | null | undefined): void => {
    if (pattern) for (const name of namesIn(pattern)) names.add(name);
  };
  const lexical = (statements: readonly AnyNode[]): void => {
    for (const s of statements) {
      if (s.type === 'VariableDeclaration' && s.kind !== 'var') for (const d of s.declarations) add(d.id);
      else if (s.type === 'FunctionDeclaration' || s.type === 'ClassDeclaration') add(s.id);
    }
  };
  const variables = (within: AnyNode): void =>
    visit(within, (inner) => {
      if (inner.type === 'VariableDeclaration' && inner.kind === 'var')
        for (const d of inner.declarations) add(d.id);
      return inner === within || !isFunction(inner);
    });
  if (isFunction(node)) {
    for (const p of node.params) add(p);
    if (node.type === 'FunctionExpression') add(node.id);
    variables(node.body);
    if (node.type !== 'ArrowFunctionExpression')
      for (const name of ['arguments', 'super', 'new']) names.add(name);
  } else if (isClass(node)) {
    add(node.id);
    for (const m of node.body.body)
      if ('key' in m && m.key.type === 'PrivateIdentifier') names.add(`#${m.key.name}`);
  }
  switch (node.type) {
    case 'Program':
      variables(node);
      lexical(node.body);
      break;
    case 'BlockStatement':
    case 'StaticBlock':
      lexical(node.body);
      if (node.type === 'StaticBlock') variables(node);
      break;
    case 'ForStatement':
      if (node.init) lexical([node.init]);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      lexical([node.left]);
      break;
    case 'SwitchStatement':
      for (const c of node.cases) lexical(c.consequent);
      break;
    case 'CatchClause':
      add(node.param);
  }
  return names;
}

export class Places {
  readonly #steps: Steps;
  readonly #parents = new Map<AnyNode, AnyNode>();
  readonly #declared = new Map<AnyNode, Set<string>>();
  readonly #free = new Map<AnyNode, Set<string>>();

  constructor(tree: AnyNode, steps: Steps) {
    this.#steps = steps;
    visit(tree, (node, parent) => {
      if (parent) this.#parents.set(node, parent);
    });
  }

  /** The block, function body or program that keeps the coroutine of `f`; undefined where it is made for each call. */
  of(f: FunctionNode): AnyNode | undefined {
    const free = this.#freeOf(f);
    let place: AnyNode | undefined;
    for (let node = this.#parents.get(f); node; node = this.#parents.get(node)) {
      if (this.#keeps(node)) place = node;
      const declared = this.#declaredBy(node);
      if (![...free].some((name) => declared.has(name))) continue;
      return isClass(node) ? (this.#besides(node) ?? place) : place;
    }
    return place;
  }

  /** The place where a class is evaluated once each time. */
  #besides(c: AnyNode): AnyNode | undefined {
    for (let node = this.#parents.get(c); node; node = this.#parents.get(node)) {
      if (this.#keeps(node)) return node;
      if (isFunction(node) || LOOP.test(node.type)) return undefined;
    }
    return undefined;
  }

  #keeps(node: AnyNode): boolean {
    if (node.type === 'Program' || node.type === 'BlockStatement') return true;
    const parent = this.#parents.get(node);
    return parent?.type === 'ArrowFunctionExpression' && parent.body === node && !this.#steps.isPlain(parent);
  }

  #declaredBy(node: AnyNode): Set<string> {
    let names = this.#declared.get(node);
    if (!names) {
      names = declaredBy(node);
      this.#declared.set(node, names);
    }
    return names;
  }

  #freeOf(node: AnyNode): Set<string> {
    const known = this.#free.get(node);
    if (known) return known;
    const free = new Set<string>();
    if (node.type === 'Identifier') free.add(node.name);
    if (node.type === 'PrivateIdentifier') free.add(`#${node.name}`);
    if (node.type === 'MemberExpression' && node.property.type === 'PrivateIdentifier')
      free.add(`#${node.property.name}`);
    if (node.type === 'Super') free.add('super');
    if (node.type === 'MetaProperty') free.add('new');
    for (const child of childrenOf(node)) for (const name of this.#freeOf(child)) free.add(name);
    for (const name of this.#declaredBy(node)) free.delete(name);
    this.#free.set(node, free);
    return free;
  }
}
