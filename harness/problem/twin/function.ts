// Functions that may step become two: one of the old name that makes a coroutine and leaves it to its caller, and
// the generator function inside it, which has the body. Others only get their tick.
import type { AnyNode } from 'acorn';
import { superName } from './access.ts';
import { childrenOf, type FunctionNode, isClass, isFunction, namesIn, visit } from './children.ts';
import { declarators } from './pattern.ts';
import { coroutine, nowhere, Refused, type Rules, type Writer } from './writer.ts';

/** What a function takes from the call that it is run in, arrows in it included. */
export interface Uses {
  readonly self: boolean;
  readonly given: boolean;
  readonly parent: boolean;
  readonly target: boolean;
}

export function usesOf(f: FunctionNode): Uses {
  const uses = { self: false, given: false, parent: false, target: false };
  const look = (node: AnyNode): void => {
    if (node.type === 'ThisExpression') uses.self = true;
    if (node.type === 'Identifier' && node.name === 'arguments') uses.given = true;
    if (node.type === 'Super') {
      uses.parent = true;
      uses.self = true;
    }
    if (node.type === 'MetaProperty') uses.target = true;
    for (const child of childrenOf(node)) {
      if (isFunction(child) && child.type !== 'ArrowFunctionExpression') continue;
      if (isClass(child)) {
        // Keys and parents of a class belong to where it stands; the rest has a `this` of its own.
        if (child.superClass) look(child.superClass);
        for (const m of child.body.body) if ('computed' in m && m.computed && m.key) look(m.key);
      } else look(child);
    }
  };
  for (const p of f.params) look(p);
  look(f.body);
  return uses;
}

/** Names by which the coroutine inside reaches what belongs to the function around it. */
export function aliases(w: Writer, uses: Uses): string {
  let text = '';
  if (uses.given) text += `const ${w.id}arguments=arguments;`;
  if (uses.target) text += `const ${w.id}target=new.target;`;
  if (uses.parent) text += `const ${superName(w)}=(k)=>super[k];`;
  return text;
}

/** Names of `var`s and functions at the top of a body. */
function variablesOf(f: FunctionNode): Set<string> {
  const names = new Set<string>();
  visit(f.body, (node) => {
    if (isFunction(node) || isClass(node)) return false;
    if (node.type === 'VariableDeclaration' && node.kind === 'var')
      for (const d of node.declarations) for (const name of namesIn(d.id)) names.add(name);
    return true;
  });
  if (f.body.type === 'BlockStatement')
    for (const s of f.body.body) if (s.type === 'FunctionDeclaration') names.add(s.id.name);
  return names;
}

/** What stands before the body: the name and the parameters. */
function headOf(w: Writer, f: FunctionNode): string {
  const arrow = f.type === 'ArrowFunctionExpression';
  const end = arrow ? w.source.lastIndexOf('=>', f.body.start) + 2 : f.body.start;
  const parts = childrenOf(f).filter((c) => c.end <= end && c !== f.body);
  const head = w.within(nowhere(), () => w.range(f.start, end, parts));
  return f.generator && !w.steps.isPlain(f) ? head.replace('*', '') : head;
}

/** The body as the text of statements. */
export function bodyOf(w: Writer, f: FunctionNode): string {
  if (f.body.type === 'BlockStatement') return w.block(f.body);
  const value = w.item(f.body);
  return `${w.kept(f.body)}return ${value};`;
}

/** Functions in parameters would not see what the body assigns to them. */
function makesFunctions(pattern: AnyNode): boolean {
  let found = false;
  visit(pattern, (node) => {
    if (isFunction(node) || isClass(node)) found = true;
  });
  return found;
}

interface Inside {
  readonly head: string;
  /** What is given to the coroutine. */
  readonly given: string;
  /** Its first statement: it takes apart what it was given. */
  bind(): string;
}

/** A function that may step whose parameters may step as well: they are bound in the coroutine. */
function parametersInside(w: Writer, f: FunctionNode): Inside {
  const first = f.params.findIndex((p) => p.type === 'AssignmentPattern' || p.type === 'RestElement');
  const named = Array.from({ length: first < 0 ? f.params.length : first }, () => w.name());
  const rest = w.name();
  const lines = w.source.slice(f.start, f.body.start).split('\n').length - 1;
  const arrow = f.type === 'ArrowFunctionExpression';
  const word = w.source.slice(f.start, f.start + 8) === 'function' ? `function ${f.id?.name ?? ''}` : '';
  const variables = variablesOf(f);
  if (f.params.flatMap(namesIn).some((name) => variables.has(name)))
    throw new Refused('a parameter that is declared once more as a variable', f);
  return {
    head: `${word}(${[...named, `...${rest}`].join(',')})${arrow ? '=>' : ''}${'\n'.repeat(lines)}`,
    given: [...named, rest].join(','),
    bind: () => {
      const bound = f.params.map((p, i) => {
        if (p.type === 'RestElement') return declarators(w, p.argument, `${rest}.slice(${i - named.length})`);
        return declarators(w, p, named[i] ?? `${rest}[${i - named.length}]`);
      });
      return `let ${bound.join(',')};`;
    },
  };
}

/** The names of `aliases`, which the coroutine is given: it may be kept where it does not see them. */
function aliasNames(w: Writer, uses: Uses): string[] {
  const names: string[] = [];
  if (uses.given) names.push(`${w.id}arguments`);
  if (uses.target) names.push(`${w.id}target`);
  if (uses.parent) names.push(superName(w));
  return names;
}

/** The coroutine of a function that may step: an expression, evaluated in the function of the old name. */
function made(w: Writer, f: FunctionNode, uses: Uses, own: boolean, inside?: Inside): string {
  const names = own ? aliasNames(w, uses) : [];
  const given = [...names, ...(inside ? [inside.given] : f.params.flatMap(namesIn))].join(',');
  const scope = coroutine(f.generator, w.scope.aliases || own);
  const text = w.within(scope, () => {
    const parameters = inside?.bind() ?? '';
    const body = `${w.tick}();${w.moments.given(f)}${bodyOf(w, f)}`;
    return `${w.declared()}${parameters}${inside ? `{${body}}` : body}`;
  });
  const call = uses.self || uses.parent ? `.call(this${given && `,${given}`})` : `(${given})`;
  const kept = w.keep(f);
  const all = `function*(${given}){${text}}`;
  return kept ? `(${kept}||(${kept}=${all}))${call}` : `(${all})${call}`;
}

/** A function's text from its first character on (for methods: the parenthesis of its parameters). */
export function functionText(w: Writer, f: FunctionNode, constructible: boolean): string {
  const arrow = f.type === 'ArrowFunctionExpression';
  const uses = usesOf(f);
  const names = arrow ? '' : aliases(w, uses);
  const own = !arrow;
  if (w.steps.isPlain(f)) {
    const head = headOf(w, f);
    const scope = { ...nowhere(w.scope.aliases || own), generator: false };
    const body = w.within(scope, () => (f.body.type === 'BlockStatement' ? bodyOf(w, f) : w.item(f.body)));
    if (f.body.type !== 'BlockStatement') return `${head}(${w.tick}(),${body})`;
    return `${head}{${w.tick}();${names}${body}}`;
  }
  if (f.generator && w.steps.survey.reflects)
    throw new Refused('a generator, in a program that looks at what kind of thing something is', f);
  const stepping = f.params.some((p) => w.steps.pattern(p) || w.steps.within(p) || makesFunctions(p));
  const inside = stepping ? parametersInside(w, f) : undefined;
  // They are bound when it is called, and the rest waits for the first next().
  if (f.generator && inside) throw new Refused('steps or functions in the parameters of a generator', f);
  const head = inside?.head ?? headOf(w, f);
  const anew = constructible && !f.generator && w.steps.survey.newFunctions;
  const call = made(w, f, anew ? { ...uses, self: true } : uses, own, inside);
  const left = f.generator ? `${w.id}.generator(${call})` : `${w.id}.enter(${call})`;
  if (arrow) return `${head} ${left}`;
  if (f.generator && constructible && w.steps.survey.newFunctions)
    return `${head}{if(new.target)${w.id}.lost('new of a generator');${names}return ${left}}`;
  if (!anew) return `${head}{${names}return ${left}}`;
  const held = w.name();
  return `${head}{${names}const ${held}=${call};return new.target===undefined?${w.id}.enter(${held}):${w.id}.constructing(${held},this)}`;
}

/** The key of a method, without its star where the generator has gone inside. */
export function methodText(
  w: Writer,
  node: Extract<AnyNode, { type: 'Property' | 'MethodDefinition' }>,
): string {
  const f = node.value as FunctionNode;
  let before = w.source.slice(node.start, node.key.start);
  if (f.generator && !w.steps.isPlain(f)) before = before.replace('*', '');
  const key = node.computed ? w.item(node.key) : w.source.slice(node.key.start, node.key.end);
  return `${before}${key}${w.source.slice(node.key.end, f.start)}${functionText(w, f, false)}`;
}

export const functionRules: Rules = {
  FunctionDeclaration: (w, node) => functionText(w, node as FunctionNode, true),
  FunctionExpression: (w, node) => functionText(w, node, true),
  ArrowFunctionExpression: (w, node) => functionText(w, node, false),
  Property(w, node) {
    if (node.method || node.kind !== 'init') return methodText(w, node);
    if (!node.shorthand || node.value.type !== 'Identifier') return w.parts(node);
    const value = w.write(node.value);
    return value === node.value.name ? value : `${node.value.name}:${value}`;
  },
  MethodDefinition: (w, node) => methodText(w, node),
};
