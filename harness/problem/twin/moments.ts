// Moments: places between two statements of a role at which its variables are all that it holds, so that a search can
// know it again there (harness/model/holder.ts). Only roles that are plain enough have some: all that a role of this
// kind could hold beside its variables are the places of the loops that it is in.
//
// All variables in scope count, whether they are used later or not: leaving one out would be wrong, having one too many
// only tells apart what is the same.
import type { AnyNode, CallExpression, ForOfStatement } from 'acorn';
import { type FunctionNode, isClass, isFunction, namesIn, visit } from './children.ts';
import type { Steps } from './steps.ts';
import { nameOf } from './survey.ts';

/** By these it could be told whether something is fixed. */
const LOOKS_FIXED = /^(is(Frozen|Sealed|Extensible)|(__)?[gs]etOwnPropertyDescriptors?)$/;

type Scope = readonly string[];

export class Moments {
  readonly #id: string;
  readonly #steps: Steps;
  /** What comes before each statement, test or next element. */
  readonly #before = new Map<AnyNode, string>();
  readonly #walks = new Map<AnyNode, string>();
  readonly #given = new Map<AnyNode, string>();
  #places = 0;

  constructor(tree: AnyNode, steps: Steps, id: string) {
    this.#id = id;
    this.#steps = steps;
    for (const role of rolesIn(tree, steps)) this.#role(role);
  }

  /** An expression that tells the moment before `node`, if there is one. */
  before(node: AnyNode | null | undefined): string | undefined {
    return node ? this.#before.get(node) : undefined;
  }

  /** The same as a statement before the statement `node`, empty where there is none. In `for…of` it is at each element. */
  told(node: AnyNode): string {
    const moment = node.type === 'ForOfStatement' ? undefined : this.#before.get(node);
    return moment === undefined ? '' : `${moment};`;
  }

  /** The variable that goes over the elements of a loop, where moments need to know it. */
  walk(loop: ForOfStatement): string | undefined {
    return this.#walks.get(loop);
  }

  /** What a role begins with. */
  given(f: FunctionNode): string {
    return this.#given.get(f) ?? '';
  }

  #role(f: FunctionNode): void {
    if (f.body.type !== 'BlockStatement' || !this.#isSimple(f)) return;
    const changed = assignedIn(f.body);
    const parameters = f.params.flatMap(namesIn);
    this.#given.set(f, `${this.#id}.holder?.given([${parameters.filter((name) => !changed.has(name))}]);`);
    const scope = [...parameters.filter((name) => changed.has(name)), ...variablesIn(f.body)];
    // A variable of the name of a parameter is that parameter.
    if (parameters.some((name) => variablesIn(f.body).has(name))) return;
    this.#list(f.body.body, scope, parameters);
  }

  /** Nothing in it outlives a statement but its variables. */
  #isSimple(f: FunctionNode): boolean {
    if (f.generator || ('id' in f && f.id) || this.#steps.isPlain(f)) return false;
    if (f.params.some((p) => this.#steps.pattern(p) || this.#steps.within(p))) return false;
    let simple = true;
    visit(f, (node) => {
      if (node === f) return;
      if (isFunction(node) || isClass(node)) simple = false;
      if (/^(ThisExpression|Super|MetaProperty|YieldExpression|AwaitExpression)$/.test(node.type))
        simple = false;
      if (node.type === 'Identifier' && /^(arguments|eval|Function)$/.test(node.name)) simple = false;
    });
    return simple;
  }

  /** `scope`: the variables that are there; `hidden`: names that must not be declared anew. */
  #list(statements: readonly AnyNode[], scope: Scope, hidden: Scope): void {
    const own = statements.flatMap(declaredBy);
    if (own.some((name) => scope.includes(name) || hidden.includes(name))) return;
    let now = scope;
    let before: AnyNode | undefined;
    for (const s of statements) {
      if (before === undefined || this.#steps.within(before)) this.#mark(s, now);
      this.#statement(s, now, hidden);
      now = [...now, ...declaredBy(s)];
      before = s;
    }
  }

  #mark(node: AnyNode, scope: Scope): void {
    this.#before.set(node, `${this.#id}.holder?.moment(${[++this.#places, ...scope].join(',')})`);
  }

  #statement(s: AnyNode, scope: Scope, hidden: Scope): void {
    switch (s.type) {
      case 'BlockStatement':
        this.#list(s.body, scope, hidden);
        return;
      case 'LabeledStatement':
        this.#statement(s.body, scope, hidden);
        return;
      case 'IfStatement':
        this.#inner(s.consequent, scope, hidden);
        if (s.alternate) this.#inner(s.alternate, scope, hidden);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.#mark(s.test, scope);
        this.#inner(s.body, scope, hidden);
        return;
      case 'ForStatement': {
        const own = s.init ? declaredBy(s.init) : [];
        if (own.some((name) => scope.includes(name) || hidden.includes(name))) return;
        const inner = [...scope, ...own];
        if (s.test) this.#mark(s.test, inner);
        this.#inner(s.body, inner, hidden);
        return;
      }
      case 'ForOfStatement':
        this.#forOf(s, scope, hidden);
        return;
      case 'TryStatement': {
        this.#statement(s.block, scope, hidden);
        const own = s.handler?.param ? namesIn(s.handler.param) : [];
        if (s.handler === null || s.handler === undefined) return;
        if (own.some((name) => scope.includes(name) || hidden.includes(name))) return;
        // What `finally` comes from, a return or an exception, is held as well: no moments in there.
        this.#list(s.handler.body.body, [...scope, ...own], hidden);
        return;
      }
    }
    // In `switch` a variable may be there and not begun; where the engine goes over something, nobody knows the place.
  }

  /** What may be a statement alone: then the moment before it is its own. */
  #inner(s: AnyNode, scope: Scope, hidden: Scope): void {
    if (s.type === 'ExpressionStatement') this.#mark(s, scope);
    this.#statement(s, scope, hidden);
  }

  #forOf(s: ForOfStatement, scope: Scope, hidden: Scope): void {
    if (!this.#steps.at(s)) return;
    const walk = `${this.#id}w${this.#walks.size}`;
    this.#walks.set(s, walk);
    this.#mark(s, [...scope, walk]);
    const own = declaredBy(s.left);
    if (own.some((name) => scope.includes(name) || hidden.includes(name))) return;
    this.#statement(s.body, [...scope, walk, ...own], hidden);
  }
}

/** Whether it may be asked here if something is fixed. */
function looksFixed(node: AnyNode, parent?: AnyNode): boolean {
  if (node.type === 'MemberExpression') return LOOKS_FIXED.test(nameOf(node.property, node.computed) ?? '');
  if (node.type !== 'Identifier' || node.name !== 'Object') return false;
  return parent?.type !== 'MemberExpression' || nameOf(parent.property, parent.computed) === undefined;
}

/** The roles of the one solution of a program, if nothing but the lab can call them. */
function rolesIn(tree: AnyNode, steps: Steps): FunctionNode[] {
  if (tree.type !== 'Program') return [];
  const solutions: CallExpression[] = [];
  let asks = false;
  const uses = new Map<string, number>();
  visit(tree, (node, parent) => {
    if (node.type === 'Identifier') uses.set(node.name, (uses.get(node.name) ?? 0) + 1);
    if (looksFixed(node, parent)) asks = true;
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier')
      if (steps.survey.imported(node.callee.name) === 'solve') solutions.push(node);
  });
  const [solution] = solutions;
  if (asks || solutions.length !== 1) return [];
  const named = tree.body
    .flatMap((s) => (s.type === 'VariableDeclaration' ? s.declarations : []))
    .find(({ init }) => init === solution);
  const isNamed = named?.id.type === 'Identifier' && uses.get(named.id.name) === 2; // once in __deliver(…)
  const isGiven = tree.body.some(
    (s) =>
      s.type === 'ExpressionStatement' &&
      s.expression.type === 'CallExpression' &&
      s.expression.arguments[0] === solution,
  );
  const roles = solution.arguments[1];
  if ((!isNamed && !isGiven) || roles?.type !== 'ObjectExpression') return [];
  return roles.properties.flatMap((p) =>
    p.type === 'Property' && p.kind === 'init' && nameOf(p.key, p.computed) !== 'share' && isFunction(p.value)
      ? [p.value]
      : [],
  );
}

/** The names that a statement, or the head of a loop, declares in the block that it stands in. */
const declaredBy = (s: AnyNode): string[] =>
  s.type === 'VariableDeclaration' && s.kind !== 'var' ? s.declarations.flatMap(({ id }) => namesIn(id)) : [];

/** The names of all `var`s. */
function variablesIn(body: AnyNode): Set<string> {
  const names = new Set<string>();
  visit(body, (node) => {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'var') return;
    for (const { id } of node.declarations) for (const name of namesIn(id)) names.add(name);
  });
  return names;
}

/** All names that something is assigned to. */
function assignedIn(body: AnyNode): Set<string> {
  const names = new Set<string>();
  const add = (target: AnyNode): void => {
    for (const name of namesIn(target)) names.add(name);
  };
  visit(body, (node) => {
    if (node.type === 'AssignmentExpression') add(node.left);
    else if (node.type === 'UpdateExpression') add(node.argument);
    else if (
      (node.type === 'ForOfStatement' || node.type === 'ForInStatement') &&
      !/^Var/.test(node.left.type)
    )
      add(node.left);
  });
  return names;
}
