// Writes a program's text anew: what no rule is for stays as it is written, with its parts written anew. Lines stay
// where they are.
import type { AnyNode } from 'acorn';
import { childrenOf, type FunctionNode } from './children.ts';
import type { Moments } from './moments.ts';
import type { Places } from './places.ts';
import type { Steps } from './steps.ts';

/** What may be written where. */
export interface Scope {
  /** Inside a coroutine: it can be suspended here. */
  readonly co: boolean;
  /** Inside a generator of the student's own that is a coroutine of the model as well. */
  readonly generator: boolean;
  /** `arguments`, `super` and `new.target` go by other names. */
  readonly aliases: boolean;
  /** Variables of the coroutine that the rules need. */
  readonly temps: Set<string>;
}

export type Rules = {
  readonly [K in AnyNode['type']]?: (w: Writer, node: Extract<AnyNode, { type: K }>) => string;
};

/** What cannot be modelled, and where; `line` from 1. */
export class Refused extends Error {
  readonly line: number;
  constructor(why: string, node: AnyNode) {
    super(why);
    this.line = node.loc?.start.line ?? 0;
  }
}

const SIMPLE =
  /^(Identifier|ThisExpression|MemberExpression|CallExpression|ArrayExpression|Literal|TemplateLiteral)$/;

export class Writer {
  readonly source: string;
  readonly steps: Steps;
  readonly moments: Moments;
  /** The runtime's name, and the beginning of every other name that is added. */
  readonly id: string;
  readonly tick: string;
  readonly #rules: Rules;
  readonly #places: Places;
  /** The variables that each place keeps coroutines in. */
  readonly #kept = new Map<AnyNode, string[]>();
  #names = 0;
  scope: Scope = nowhere();

  constructor(source: string, steps: Steps, places: Places, moments: Moments, id: string, rules: Rules) {
    this.moments = moments;
    this.#places = places;
    this.source = source;
    this.steps = steps;
    this.id = id;
    this.tick = `${id}tick`;
    this.#rules = rules;
  }

  write(node: AnyNode): string {
    const rule = this.#rules[node.type] as ((w: Writer, node: AnyNode) => string) | undefined;
    return rule ? this.#lines(node, rule(this, node)) : this.parts(node);
  }

  /** As many lines as `node` has: what is missing goes before the last bracket. */
  #lines(node: AnyNode, text: string): string {
    if (node.loc?.start.line === node.loc?.end.line) return text;
    const missing = linesIn(this.source.slice(node.start, node.end)) - linesIn(text);
    if (missing <= 0) return text;
    const at = /[)}]$/.test(text) ? text.length - 1 : text.length;
    return text.slice(0, at) + '\n'.repeat(missing) + text.slice(at);
  }

  /** `node` as it is written, its parts written anew: some of them in their own way. */
  parts(node: AnyNode, own?: ReadonlyMap<AnyNode, string>): string {
    return this.range(node.start, node.end, childrenOf(node), own);
  }

  range(
    start: number,
    end: number,
    children: readonly AnyNode[],
    own?: ReadonlyMap<AnyNode, string>,
  ): string {
    let text = '';
    let at = start;
    for (const child of children) {
      if (child.start < at || child.end > end) continue;
      text += this.source.slice(at, child.start) + (own?.get(child) ?? this.write(child));
      at = child.end;
    }
    return text + this.source.slice(at, end);
  }

  /** As something in a list. */
  item(node: AnyNode): string {
    return node.type === 'SequenceExpression' ? `(${this.write(node)})` : this.write(node);
  }

  /** As something that a member is taken of. */
  operand(node: AnyNode): string {
    return SIMPLE.test(node.type) ? this.write(node) : `(${this.write(node)})`;
  }

  /** A block's inside, `from` a position on, with what it keeps. */
  block(node: AnyNode & { body: AnyNode[] }): string {
    const told = node.body.flatMap((s) => {
      const moment = this.moments.told(s);
      return moment === '' ? [] : [[s, moment + this.write(s)] as const];
    });
    const text = this.range(node.start + 1, node.end - 1, node.body, new Map(told));
    return `${this.kept(node)}${text}`;
  }

  /** Names the variable in which the generator function of `f` is kept, and says where. */
  keep(f: FunctionNode): string | undefined {
    const place = this.#places.of(f);
    if (!place) return undefined;
    const name = this.name();
    this.#kept.set(place, [...(this.#kept.get(place) ?? []), name]);
    return name;
  }

  /** The declaration of what is kept at `place`, once all inside it is written. */
  kept(place: AnyNode): string {
    const names = this.#kept.get(place);
    return names ? `let ${names.join(',')};` : '';
  }

  within<T>(scope: Scope, write: () => T): T {
    const outer = this.scope;
    this.scope = scope;
    try {
      return write();
    } finally {
      this.scope = outer;
    }
  }

  name(): string {
    return `${this.id}${++this.#names}`;
  }

  /** A variable of the coroutine. */
  temp(): string {
    const name = this.name();
    this.scope.temps.add(name);
    return name;
  }

  /** The value of `code` once its step, if it is one, has been taken. */
  site(code: string): string {
    const { id } = this;
    if (!this.scope.co) return `${id}.sync(${code})`;
    const t = this.#shared();
    return `(${t}=${code},${id}.pending===0?${t}:${t}===${id}.token?yield:yield*${id}.go(${t}))`;
  }

  /** The value of the assignment `code` once its step has been taken, or the setter has run. */
  assigned(code: string): string {
    const { id } = this;
    if (!this.scope.co) return `${id}.sync(${code})`;
    const t = this.#shared();
    return `(${t}=${code},${id}.pending===0?${t}:yield*${id}.went(${t}))`;
  }

  /** One variable is enough for all: it is read before anything else happens. */
  #shared(): string {
    const t = `${this.id}t`;
    this.scope.temps.add(t);
    return t;
  }

  /** The declaration of the variables that the current scope has come to need. */
  declared(): string {
    const { temps } = this.scope;
    return temps.size > 0 ? `let ${[...temps].join(',')};` : '';
  }
}

const linesIn = (text: string): number => text.split('\n').length;

/** Outside coroutines. */
export const nowhere = (aliases = false): Scope => ({
  co: false,
  generator: false,
  aliases,
  temps: new Set(),
});

export const coroutine = (generator: boolean, aliases: boolean): Scope => ({
  co: true,
  generator,
  aliases,
  temps: new Set(),
});
