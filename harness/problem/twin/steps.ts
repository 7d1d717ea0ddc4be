// Where a step may happen. Every expression may be one that is not known to be none: a function is left as it is
// written only where nothing in it can step, whatever it is given.
import type { AnyNode, CallExpression, MemberExpression, NewExpression } from 'acorn';
import { type ClassNode, childrenOf, type FunctionNode, isClass, isFunction } from './children.ts';
import { nameOf, type Survey } from './survey.ts';

/** What handles read and write as a step; test/model/twin.test.ts compares it with the handles there are. */
export const HANDLE_GETTERS: ReadonlySet<string> = new Set(['value', 'isSet', 'ownerDied']);
const HANDLE_SETTERS: ReadonlySet<string> = new Set(['value']);

const words = (text: string): Set<string> => new Set(text.split(' '));
const PLAIN_CALLS = words(
  'Number String Boolean BigInt Symbol parseInt parseFloat isNaN isFinite Error RangeError TypeError',
);
const PLAIN_METHODS: Readonly<Record<string, Set<string> | undefined>> = {
  Math: undefined,
  Number: words('isInteger isFinite isNaN isSafeInteger parseFloat parseInt'),
  Object: words('keys freeze is hasOwn getPrototypeOf'),
  Array: words('isArray of'),
};
const PLAIN_NEW = words(
  'Array Object Error RangeError TypeError SyntaxError ReferenceError EvalError URIError RegExp',
);
const COLLECTIONS = words('Map Set WeakMap WeakSet');

/** Built-ins that call back or go over elements; done anew by harness/model/twin/built-in.ts. */
const CALLING = words(
  'forEach map filter flatMap some every find findIndex findLast findLastIndex reduce reduceRight sort toSorted from replace replaceAll',
);
const GOING_OVER = words('indexOf includes join fill');

export class Steps {
  readonly survey: Survey;
  readonly #plain: Set<FunctionNode>;

  constructor(survey: Survey) {
    this.survey = survey;
    this.#plain = new Set(survey.functions);
    // Plain is what nothing speaks against: take away until nothing changes.
    for (let before = -1; before !== this.#plain.size; ) {
      before = this.#plain.size;
      for (const f of this.#plain) if (this.#inside(f)) this.#plain.delete(f);
    }
  }

  isPlain(f: FunctionNode): boolean {
    return this.#plain.has(f);
  }

  /** Whether constructing `c` certainly leaves nothing behind. */
  constructsPlainly(c: ClassNode): boolean {
    if (!this.isPlainParent(c.superClass)) return false;
    const own = constructorOf(c);
    return own === undefined || this.isPlain(own);
  }

  isPlainParent(parent: AnyNode | null | undefined): boolean {
    if (!parent) return true;
    if (parent.type !== 'Identifier') return false;
    if (this.survey.isGlobal(parent.name)) return true;
    const made = this.survey.constant(parent.name);
    return made !== undefined && isClass(made) && this.constructsPlainly(made);
  }

  /** Whether `node` itself, apart from its parts, may step. */
  at(node: AnyNode): boolean {
    switch (node.type) {
      case 'CallExpression':
        return this.call(node);
      case 'NewExpression':
        return this.construction(node);
      case 'TaggedTemplateExpression':
        return true;
      case 'MemberExpression':
        return this.read(node);
      case 'AssignmentExpression': {
        const { left } = node;
        if (left.type === 'MemberExpression')
          return this.write(left) || (node.operator !== '=' && this.read(left));
        return this.pattern(left, node.right);
      }
      case 'UpdateExpression':
        return (
          node.argument.type === 'MemberExpression' && (this.write(node.argument) || this.read(node.argument))
        );
      case 'ArrayExpression':
        return node.elements.some((e) => e?.type === 'SpreadElement' && this.iteration(e.argument));
      case 'ObjectExpression':
        return node.properties.some((p) => p.type === 'SpreadElement') && this.anyGetter();
      case 'VariableDeclarator':
        return node.init ? this.pattern(node.id, node.init) : false;
      case 'ForOfStatement':
        return this.iteration(node.right) || this.#target(node.left);
      case 'CatchClause':
        return node.param ? this.pattern(node.param) : false;
      case 'YieldExpression':
        return node.delegate;
    }
    return false;
  }

  read(node: MemberExpression): boolean {
    const name = nameOf(node.property, node.computed);
    if (name === undefined) return !this.survey.isArray(node.object);
    return this.#reads(name);
  }

  write(node: MemberExpression): boolean {
    const name = nameOf(node.property, node.computed);
    if (name === undefined) return !this.survey.isArray(node.object);
    if (this.survey.dynamic || HANDLE_SETTERS.has(name)) return true;
    return (this.survey.setters.get(name) ?? []).some((f) => !this.isPlain(f));
  }

  call(node: CallExpression): boolean {
    const { callee } = node;
    if (node.arguments.some((a) => a.type === 'SpreadElement' && this.iteration(a.argument))) return true;
    if (callee.type === 'Super') return !this.isPlainParent(this.survey.superOf.get(node)?.superClass);
    if (isFunction(callee)) return !this.isPlain(callee);
    if (callee.type === 'Identifier') {
      if (this.survey.isGlobal(callee.name)) return !PLAIN_CALLS.has(callee.name);
      const imported = this.survey.imported(callee.name);
      if (imported !== undefined) return imported === 'sleep';
      const made = this.survey.constant(callee.name);
      return made === undefined || !isFunction(made) || !this.isPlain(made);
    }
    if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return true;
    const name = nameOf(callee.property, callee.computed);
    const { object } = callee;
    if (name === undefined || !this.survey.isGlobal(object.name)) return true;
    if (object.name === 'Array' && name === 'from') {
      const [of, ...rest] = node.arguments;
      return of?.type !== 'ObjectExpression' || !rest.every((a) => this.isPlainFunction(a));
    }
    if (!Object.hasOwn(PLAIN_METHODS, object.name)) return true;
    const plain = PLAIN_METHODS[object.name];
    return plain !== undefined && !plain.has(name);
  }

  /** Whether the built-in of this name must be done by the model's own, where it is one. */
  callsBack(node: CallExpression): boolean {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type === 'Super') return false;
    const name = nameOf(callee.property, false) ?? '';
    if (GOING_OVER.has(name)) return true;
    if (!CALLING.has(name)) return false;
    // On a shared array the elements are steps, even where the callback is none.
    return !this.survey.isArray(callee.object) || !node.arguments.every((a) => this.isPlainFunction(a));
  }

  isPlainFunction(node: AnyNode): boolean {
    if (isFunction(node)) return this.isPlain(node);
    if (node.type !== 'Identifier') return node.type === 'Literal';
    const made = this.survey.constant(node.name);
    return made !== undefined && isFunction(made) && this.isPlain(made);
  }

  construction(node: NewExpression): boolean {
    const { callee } = node;
    if (callee.type !== 'Identifier') return true;
    if (node.arguments.some((a) => a.type === 'SpreadElement' && this.iteration(a.argument))) return true;
    if (this.survey.isGlobal(callee.name)) {
      if (PLAIN_NEW.has(callee.name)) return false;
      return !this.isCollection(node) || node.arguments.some((a) => this.iteration(a));
    }
    const made = this.survey.constant(callee.name);
    return made === undefined || !isClass(made) || !this.constructsPlainly(made);
  }

  /** A Map, a Set: made from what can be iterated over. */
  isCollection({ callee }: NewExpression): boolean {
    return callee.type === 'Identifier' && COLLECTIONS.has(callee.name) && this.survey.isGlobal(callee.name);
  }

  /** Whether going over `node` may step. */
  iteration(node: AnyNode): boolean {
    return node.type !== 'TemplateLiteral' && !this.survey.isArray(node);
  }

  anyGetter(): boolean {
    if (this.survey.dynamic) return true;
    return [...this.survey.getters.values()].flat().some((f) => !this.isPlain(f));
  }

  /** Whether binding or assigning `pattern` may step. Its default values are parts of their own. */
  pattern(pattern: AnyNode, source?: AnyNode): boolean {
    switch (pattern.type) {
      case 'MemberExpression':
        return this.write(pattern);
      case 'AssignmentPattern':
        return this.pattern(pattern.left);
      case 'RestElement':
        return this.pattern(pattern.argument);
      case 'ArrayPattern':
        return (
          source === undefined ||
          this.iteration(source) ||
          pattern.elements.some((e) => e !== null && this.pattern(e))
        );
      case 'ObjectPattern':
        return pattern.properties.some((p) => {
          if (p.type === 'RestElement') return this.anyGetter() || this.pattern(p.argument);
          const name = nameOf(p.key, p.computed);
          return name === undefined || this.#reads(name) || this.pattern(p.value);
        });
    }
    return false;
  }

  #target(left: AnyNode): boolean {
    if (left.type !== 'VariableDeclaration') return this.pattern(left);
    return left.declarations.some((d) => this.pattern(d.id));
  }

  #reads(name: string): boolean {
    if (this.survey.dynamic || HANDLE_GETTERS.has(name)) return true;
    return (this.survey.getters.get(name) ?? []).some((f) => !this.isPlain(f));
  }

  /** Whether anything in `f` may step, functions in it apart. */
  #inside(f: FunctionNode): boolean {
    return f.params.some((p) => this.pattern(p) || this.within(p)) || this.within(f.body);
  }

  /** Whether anything in `node` may step: functions in it are only made, not called. */
  within(node: AnyNode): boolean {
    if (isFunction(node)) return false;
    if (node.type === 'PropertyDefinition' && !node.static) return node.computed && this.within(node.key);
    if (this.at(node)) return true;
    // What is assigned to, called or deleted is not read, and a pattern is looked at as a whole.
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression')
      return childrenOf(node.left).some((c) => this.within(c)) || this.within(node.right);
    if (node.type === 'UpdateExpression' && node.argument.type === 'MemberExpression')
      return childrenOf(node.argument).some((c) => this.within(c));
    return childrenOf(node).some((c) => this.within(c));
  }
}

export function constructorOf(c: ClassNode): FunctionNode | undefined {
  for (const m of c.body.body)
    if (m.type === 'MethodDefinition' && m.kind === 'constructor') return m.value as FunctionNode;
  return undefined;
}
