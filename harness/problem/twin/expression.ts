// Calls and what else may run code of the student's or of the lab's.
import type { CallExpression } from 'acorn';
import { bare, keyOf, superName } from './access.ts';
import { isFunction } from './children.ts';
import { nameOf } from './survey.ts';
import { Refused, type Rules, type Writer } from './writer.ts';

/** The call itself, its parts written anew. */
function called(w: Writer, node: CallExpression): string {
  const { callee } = node;
  if (callee.type !== 'MemberExpression') return w.parts(node);
  const given = (): string => `[${node.arguments.map((a) => w.item(a)).join(',')}]`;
  if (callee.object.type === 'Super') {
    if (!w.scope.aliases) return w.parts(node, new Map([[callee, bare(w, callee)]]));
    const method = `${superName(w)}(${keyOf(w, callee)})`;
    return `${w.id}.apply(${w.steps.read(callee) ? w.site(method) : method},this,${given()})`;
  }
  const reads = nameOf(callee.property, callee.computed) !== undefined && w.steps.read(callee);
  if (w.scope.co && (reads || w.steps.callsBack(node))) {
    const self = w.temp();
    const name = w.source.slice(callee.property.start, callee.property.end);
    const method = `(${self}=${w.item(callee.object)})${callee.computed ? `[${name}]` : `.${name}`}`;
    return `${w.id}.apply(${reads ? w.site(method) : method},${self},${given()})`;
  }
  return w.parts(node, new Map([[callee, bare(w, callee)]]));
}

export const expressionRules: Rules = {
  Identifier(w, node) {
    // A trap would run where nothing can be suspended, and what it returns means something else.
    if (node.name === 'Proxy' && w.steps.survey.isGlobal('Proxy')) throw new Refused('Proxy', node);
    return node.name === 'arguments' && w.scope.aliases ? `${w.id}arguments` : node.name;
  },
  BinaryExpression(w, node) {
    const kind = node.right.type === 'Identifier' ? w.steps.survey.constant(node.right.name) : undefined;
    // What a generator of the student's own gives is another object in the model.
    if (
      node.operator === 'instanceof' &&
      kind &&
      isFunction(kind) &&
      kind.generator &&
      !w.steps.isPlain(kind)
    )
      throw new Refused('instanceof a generator', node);
    return w.parts(node);
  },
  MetaProperty: (w, node) => (w.scope.aliases && node.meta.name === 'new' ? `${w.id}target` : w.parts(node)),
  CallExpression(w, node) {
    if (node.callee.type === 'Super') return w.parts(node);
    const code = called(w, node);
    return w.steps.call(node) || code.startsWith(`${w.id}.apply(`) ? w.site(code) : code;
  },
  NewExpression(w, node) {
    if (!w.steps.construction(node)) return w.parts(node);
    const [from] = node.arguments;
    if (!from || from.type === 'SpreadElement' || !w.steps.isCollection(node)) return w.site(w.parts(node));
    return w.site(w.parts(node, new Map([[from, w.site(`${w.id}.list(${w.item(from)})`)]])));
  },
  TaggedTemplateExpression(w, node) {
    const { tag } = node;
    return w.site(
      w.parts(node, tag.type === 'MemberExpression' ? new Map([[tag, bare(w, tag)]]) : undefined),
    );
  },
  SpreadElement(w, node) {
    if (!w.steps.iteration(node.argument)) return w.parts(node);
    return `...${w.site(`${w.id}.list(${w.item(node.argument)})`)}`;
  },
  ObjectExpression(w, node) {
    const spread = node.properties.flatMap((p) =>
      p.type === 'SpreadElement' ? [[p, `...${w.item(p.argument)}`] as const] : [],
    );
    const code = w.parts(node, new Map(spread));
    return w.steps.at(node) ? `${w.id}.sure(${code})` : code;
  },
  YieldExpression(w, node) {
    if (!w.scope.generator) return w.parts(node);
    if (node.delegate) return `(yield*${w.id}.delegate(${w.item(node.argument as never)}))`;
    const given = node.argument ? w.item(node.argument) : 'undefined';
    return `(yield(${w.id}.given=${given},${w.id}.gives))`;
  },
};
