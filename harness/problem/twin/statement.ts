// Loops with their ticks, `for…of` as calls that can be suspended, and what exceptions pass through.
import type { AnyNode, ForOfStatement } from 'acorn';
import { assignment, declarators } from './pattern.ts';
import type { Rules, Writer } from './writer.ts';

function ticked(w: Writer, body: AnyNode): string {
  if (body.type !== 'BlockStatement') return `{${w.tick}();${w.moments.told(body)}${w.write(body)}}`;
  return `{${w.tick}();${w.block(body)}}`;
}

type Loop = AnyNode & { body: AnyNode; test?: AnyNode | null };

function loop(w: Writer, node: Loop): string {
  const own = new Map([[node.body, ticked(w, node.body)]]);
  const { test } = node;
  const moment = w.moments.before(test);
  if (test && moment !== undefined) own.set(test, `(${moment},${w.item(test)})`);
  return w.parts(node, own);
}

/** What each round begins with: the next element gets its name. */
function bound(w: Writer, left: ForOfStatement['left'], value: string): string {
  if (left.type !== 'VariableDeclaration') {
    if (left.type === 'Identifier') return `${left.name}=${value};`;
    return `${assignment(w, left, value)};`;
  }
  const { id } = left.declarations[0];
  if (!w.steps.pattern(id)) return `${left.kind} ${w.write(id)}=${value};`;
  return `${left.kind} ${declarators(w, id, value)};`;
}

function forOf(w: Writer, node: ForOfStatement, labels: string): string {
  if (!w.scope.co || !w.steps.at(node)) return labels + loop(w, node);
  const { id } = w;
  const on = w.moments.walk(node) ?? w.name();
  const moment = w.moments.before(node);
  const e = w.name();
  const lines = (from: number, to: number): string =>
    '\n'.repeat(w.source.slice(from, to).split('\n').length - 1);
  const walk = w.site(`${id}.walk(${w.item(node.right)})`);
  const body = `${w.tick}();${bound(w, node.left, `${on}.value`)}${w.write(node.body)}`;
  return (
    `{${lines(node.start, node.right.start)}const ${on}=${walk};${lines(node.right.end, node.body.start)}try{${labels}while(${moment === undefined ? '' : `${moment},`}${w.site(`${on}.next()`)}){${body}}}` +
    `catch(${e}){${id}.caught(${e});if(${on}.open){${w.site(`${on}.abort()`)};}throw ${e}}` +
    `finally{if(${on}.open){${w.site(`${on}.close()`)};}}}`
  );
}

export const statementRules: Rules = {
  BlockStatement: (w, node) => `{${w.block(node)}}`,
  IfStatement(w, node) {
    const own = [node.consequent, node.alternate].flatMap((s) => {
      const moment = s ? w.moments.told(s) : '';
      return s && moment !== '' ? [[s, `{${moment}${w.write(s)}}`] as const] : [];
    });
    return w.parts(node, new Map(own));
  },
  WhileStatement: loop,
  DoWhileStatement: loop,
  ForStatement: loop,
  ForInStatement: loop,
  ForOfStatement: (w, node) => forOf(w, node, ''),
  LabeledStatement(w, node) {
    let labels = '';
    let inner: AnyNode = node;
    while (inner.type === 'LabeledStatement') {
      labels += `${inner.label.name}:`;
      inner = inner.body;
    }
    return inner.type === 'ForOfStatement' ? forOf(w, inner, labels) : w.parts(node);
  },
  TryStatement(w, node) {
    if (node.handler) return w.parts(node);
    const e = w.name();
    const block = w.write(node.block);
    const last = node.finalizer as AnyNode;
    return `try${w.source.slice(node.start + 3, node.block.start)}${block}catch(${e}){${w.id}.caught(${e});throw ${e}}${w.source.slice(node.block.end, last.start)}${w.write(last)}`;
  },
  CatchClause(w, node) {
    const body = w.block(node.body);
    const { param } = node;
    if (param?.type === 'Identifier') return `catch(${param.name}){${w.id}.caught(${param.name});${body}}`;
    const e = w.name();
    if (!param) return `catch(${e}){${w.id}.caught(${e});${body}}`;
    const pieces = w.scope.co && w.steps.pattern(param) ? declarators(w, param, e) : `${w.write(param)}=${e}`;
    return `catch(${e}){${w.id}.caught(${e});let ${pieces};{${body}}}`;
  },
};
