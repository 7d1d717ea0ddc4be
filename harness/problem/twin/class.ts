// Classes. A constructor cannot be suspended, so one that may step leaves the rest of its body as a coroutine: `new`
// gives that to whoever constructs, super() leaves it to the constructor that extends it.
import type { AnyNode } from 'acorn';
import { type ClassNode, type FunctionNode, visit } from './children.ts';
import { aliases, usesOf } from './function.ts';
import { constructorOf } from './steps.ts';
import { coroutine, nowhere, Refused, type Rules, type Writer } from './writer.ts';

const isSuperCall = (s: AnyNode): boolean =>
  s.type === 'ExpressionStatement' &&
  s.expression.type === 'CallExpression' &&
  s.expression.callee.type === 'Super';

/** A private name that is on this class only, not on those that extend it. */
const own = (w: Writer): string => `#own${w.id.slice(1)}`;

const hasFields = (c: ClassNode): boolean =>
  c.body.body.some(
    (m) =>
      (m.type === 'PropertyDefinition' && !m.static) ||
      (m.type === 'MethodDefinition' && !m.static && m.key.type === 'PrivateIdentifier'),
  );

/** Where in its body a constructor calls super(); -1 in a class that extends none. */
function superAt(c: ClassNode, f: FunctionNode): number {
  if (!c.superClass || f.body.type !== 'BlockStatement') return -1;
  const at = f.body.body.findIndex(isSuperCall);
  let calls = 0;
  visit(f.body, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Super') calls++;
  });
  if (at < 0 || calls !== 1) throw new Refused('super() that is not a statement of the constructor', f);
  return at;
}

/** After super(): what it has left to do. */
const inherited = (w: Writer, c: ClassNode, name: string): string =>
  `const ${name}=${w.id}.inherited(${hasFields(c)});`;

function constructorText(w: Writer, c: ClassNode, f: FunctionNode): string {
  if (f.body.type !== 'BlockStatement') throw new Refused('a constructor without a body', f);
  const head = w.within(nowhere(), () => w.range(f.start, f.body.start, f.params));
  const split = superAt(c, f) + 1;
  const statements = f.body.body;
  const cut = split > 0 ? statements[split - 1].end : f.body.start + 1;
  const before = w.within(nowhere(true), () => w.range(f.body.start + 1, cut, statements.slice(0, split)));
  const left = w.name();
  const takes = split > 0 && !w.steps.isPlainParent(c.superClass);
  const body = w.within(coroutine(false, true), () => {
    const text = w.range(cut, f.body.end - 1, statements.slice(split));
    return `${w.declared()}${takes ? `if(${left})yield*${left};` : ''}${text}`;
  });
  const names = aliases(w, usesOf(f));
  return (
    `${head}{${w.tick}();${w.kept(f.body)}${names}${before}${takes ? inherited(w, c, left) : ''}` +
    `return ${w.id}.born(${own(w)} in new.target,(function*(){${body}}).call(this),this)}`
  );
}

/** Where a class has no constructor of its own and the one that it inherits may step. */
function defaultConstructor(w: Writer, c: ClassNode): string {
  const left = w.name();
  return (
    `constructor(...${left}a){super(...${left}a);${inherited(w, c, left)}` +
    `if(${left})return ${w.id}.born(${own(w)} in new.target,${left},this)}`
  );
}

function classText(w: Writer, c: ClassNode): string {
  const steps = !w.steps.constructsPlainly(c);
  const f = constructorOf(c);
  const ownTexts = new Map<AnyNode, string>();
  const { body } = c;
  for (const m of body.body) {
    if (m.type === 'MethodDefinition' && m.value === f && steps && !w.steps.isPlain(f))
      ownTexts.set(m, `${w.source.slice(m.start, f.start)}${constructorText(w, c, f)}`);
  }
  const added = steps ? `static ${own(w)};${f ? '' : defaultConstructor(w, c)}` : '';
  const inside = w.range(body.start + 1, body.end - 1, body.body, ownTexts);
  const head = w.range(c.start, body.start, c.superClass ? [c.superClass] : []);
  return `${head}{${added}${inside}}`;
}

export const classRules: Rules = {
  ClassDeclaration: (w, node) => classText(w, node as ClassNode),
  ClassExpression: (w, node) => classText(w, node),
  PropertyDefinition(w, node) {
    if (!node.value) return w.parts(node);
    const { value } = node;
    return w.parts(node, new Map([[value, w.within(nowhere(), () => w.item(value))]]));
  },
  StaticBlock: (w, node) => w.within(nowhere(), () => w.parts(node)),
};
