// What the names of a program stand for, as far as that is certain: declared once, never assigned again.
import type { AnyNode } from 'acorn';
import { type ClassNode, type FunctionNode, isClass, isFunction, namesIn, visit } from './children.ts';

const ARRAYS = new Set(['Array']);

/** By these a generator of the student's own could be told from what stands for it in the model. */
const REFLECTS =
  /^(prototype|constructor|__proto__|[gs]etPrototypeOf|isPrototypeOf|hasOwn|hasOwnProperty|getOwnProperty.*|ownKeys|__lookup.etter__)$/;
const DRIVES = /^(next|return|throw)$/;

export class Survey {
  /** What each name is declared as; null where it is more than once. */
  readonly #declared = new Map<string, AnyNode | null>();
  readonly #assigned = new Set<string>();
  /** The getters and setters of the program, by name. */
  readonly getters = new Map<string, FunctionNode[]>();
  readonly setters = new Map<string, FunctionNode[]>();
  /** Getters and setters may have names that are not known. */
  dynamic = false;
  readonly functions: FunctionNode[] = [];
  /** The class that each super() belongs to. */
  readonly superOf = new Map<AnyNode, ClassNode>();
  /** `new` of something that may be an ordinary function. */
  newFunctions = false;
  /** Whether the program may look at what kind of object something is, or take a method off a generator. */
  reflects = false;

  constructor(tree: AnyNode) {
    visit(tree, (node, parent) => {
      this.#see(node);
      if (this.#isReflective(node, parent)) this.reflects = true;
    });
    visit(tree, (node) => {
      if (node.type === 'BinaryExpression' && node.operator === 'instanceof' && !this.#isKind(node.right))
        this.reflects = true;
      if (node.type !== 'NewExpression') return;
      const { callee } = node;
      const made = callee.type === 'Identifier' ? this.constant(callee.name) : undefined;
      const known = callee.type === 'Identifier' && (this.isGlobal(callee.name) || (made && isClass(made)));
      if (!known) this.newFunctions = true;
    });
  }

  /** The function, class or value that `name` always stands for, where that is known. */
  constant(name: string): AnyNode | undefined {
    return this.#assigned.has(name) ? undefined : (this.#declared.get(name) ?? undefined);
  }

  isGlobal(name: string): boolean {
    return !this.#declared.has(name);
  }

  /** The name of what `name` is imported as from 'interleave'; see `given` in compile.ts. */
  imported(name: string): string | undefined {
    const made = this.constant(name);
    if (made?.type !== 'CallExpression' || made.callee.type !== 'ArrowFunctionExpression') return undefined;
    const { body } = made.callee;
    if (body.type !== 'MemberExpression' || body.object.type !== 'Identifier') return undefined;
    return body.object.name === '__interleave' && body.property.type === 'Identifier'
      ? body.property.name
      : undefined;
  }

  /** Whether `node` is certainly an array of the engine's. */
  isArray(node: AnyNode): boolean {
    const made = node.type === 'Identifier' ? this.constant(node.name) : node;
    if (made === undefined || this.dynamic) return false;
    if (made.type === 'ArrayExpression') return true;
    if (made.type !== 'NewExpression' && made.type !== 'CallExpression') return false;
    const { callee } = made;
    if (callee.type === 'Identifier')
      return made.type === 'NewExpression' && ARRAYS.has(callee.name) && this.isGlobal(callee.name);
    return (
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      callee.object.name === 'Array' &&
      this.isGlobal('Array') &&
      callee.property.type === 'Identifier' &&
      callee.property.name === 'from'
    );
  }

  #isReflective(node: AnyNode, parent?: AnyNode): boolean {
    switch (node.type) {
      case 'Identifier':
        return node.name === 'Reflect';
      case 'Literal':
        return typeof node.value === 'string' && REFLECTS.test(node.value);
      case 'MemberExpression': {
        const name = nameOf(node.property, node.computed) ?? '';
        const called = parent?.type === 'CallExpression' && parent.callee === node;
        return REFLECTS.test(name) || (DRIVES.test(name) && !called);
      }
      case 'Property': {
        const name = nameOf(node.key, node.computed) ?? '';
        return parent?.type === 'ObjectPattern' && (REFLECTS.test(name) || DRIVES.test(name));
      }
    }
    return false;
  }

  /** Whether `node` is certainly a class: no generator is an instance of one. */
  #isKind(node: AnyNode): boolean {
    if (node.type !== 'Identifier') return false;
    const made = this.constant(node.name);
    return this.isGlobal(node.name) || (made !== undefined && (isClass(made) || isFunction(made)));
  }

  #declare(name: string, node: AnyNode): void {
    this.#declared.set(name, this.#declared.has(name) ? null : node);
  }

  #assign(target: AnyNode): void {
    for (const name of namesIn(target)) this.#assigned.add(name);
  }

  #accessor(kind: string, key: AnyNode, computed: boolean, value: AnyNode): void {
    if ((kind !== 'get' && kind !== 'set') || value.type !== 'FunctionExpression') return;
    const all = kind === 'get' ? this.getters : this.setters;
    const name = nameOf(key, computed);
    if (name === undefined) this.dynamic = true;
    else all.set(name, [...(all.get(name) ?? []), value]);
  }

  #see(node: AnyNode): void {
    if (isClass(node)) {
      visit(node.body, (inner) => {
        if (isClass(inner)) return false;
        if (inner.type === 'CallExpression' && inner.callee.type === 'Super') this.superOf.set(inner, node);
        return true;
      });
    }
    if (isFunction(node)) {
      this.functions.push(node);
      for (const p of node.params) for (const name of namesIn(p)) this.#declare(name, p);
    }
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (node.id) this.#declare(node.id.name, node);
        break;
      case 'VariableDeclarator':
        if (node.id.type === 'Identifier') this.#declare(node.id.name, node.init ?? node);
        else for (const name of namesIn(node.id)) this.#declare(name, node);
        break;
      case 'CatchClause':
        if (node.param) for (const name of namesIn(node.param)) this.#declare(name, node);
        break;
      case 'AssignmentExpression':
        this.#assign(node.left);
        break;
      case 'UpdateExpression':
        this.#assign(node.argument);
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.#assign(node.left);
        else for (const d of node.left.declarations) this.#assign(d.id); // another value in each round
        break;
      case 'Property':
        this.#accessor(node.kind, node.key, node.computed, node.value);
        break;
      case 'MethodDefinition':
        this.#accessor(node.kind, node.key, node.computed, node.value);
        break;
      case 'MemberExpression':
        if (
          /^(defineProperty|defineProperties|create|__define.etter__|__proto__)$/.test(
            nameOf(node.property, node.computed) ?? '',
          )
        )
          this.dynamic = true;
        break;
    }
  }
}

/** The name that a key stands for; undefined where it is computed, or a number. Private names begin with #. */
export function nameOf(key: AnyNode, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}
