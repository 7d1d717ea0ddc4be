// The same flow of control, written in another way.
import type { AnyNode } from 'acorn';
import type { Family } from '../operator.ts';
import { everywhere } from '../rewrite.ts';
import { callOf, declared, jumps, mentions } from '../statements.ts';

const RELEASE: Readonly<Record<string, readonly string[]>> = {
  lock: ['unlock'],
  readLock: ['unlock'],
  writeLock: ['unlock'],
  wait: ['post'],
};

const forIsWhile = everywhere('for (;;) becomes while', (program) => (node, inner) => {
  if (node.type !== 'ForStatement' || program.all('ContinueStatement', node).length > 0) return undefined;
  const init = node.init ? `${inner(node.init)};` : '';
  const update = node.update ? `${inner(node.update)};` : '';
  return `{ ${init} while (${node.test ? inner(node.test) : 'true'}) { ${inner(node.body)} ${update} } }`;
});

const iterator = everywhere('for … of becomes an iterator', (program) => (node, inner) => {
  if (node.type !== 'ForOfStatement' || node.left.type !== 'VariableDeclaration') return undefined;
  if (program.all('ContinueStatement', node).length > 0) return undefined;
  const name = inner(node.left.declarations[0].id);
  return `{ const it_ = (${inner(node.right)})[Symbol.iterator]();
    for (let next_ = it_.next(); !next_.done; next_ = it_.next()) { const ${name} = next_.value; ${inner(node.body)} } }`;
});

const breaks = everywhere(
  'while (c) becomes for (;;) { if (!c) break; }',
  () => (node, inner) =>
    node.type === 'WhileStatement'
      ? `for (;;) { if (!(${inner(node.test)})) break; ${inner(node.body)} }`
      : undefined,
);

const doWhile = everywhere(
  'while (c) becomes if (c) do … while (c)',
  () => (node, inner) =>
    node.type === 'WhileStatement'
      ? `if (${inner(node.test)}) do { ${inner(node.body)} } while (${inner(node.test)});`
      : undefined,
);

/** Not of a loop that spins: at full speed that would need a stack without end. */
const recursion = everywhere(
  'while becomes recursion',
  (program) => (node, inner) =>
    node.type === 'WhileStatement' && node.body.type !== 'EmptyStatement' && !jumps(program, node)
      ? `{ const again_ = () => { if (!(${inner(node.test)})) return; ${inner(node.body)} again_(); }; again_(); }`
      : undefined,
);

const forEach = everywhere(
  'for … of an array becomes forEach',
  (program) => (node, inner) => {
    if (node.type !== 'ForOfStatement' || node.left.type !== 'VariableDeclaration') return undefined;
    if (jumps(program, node.body)) return undefined;
    const name = inner(node.left.declarations[0].id);
    return `listOf_(${inner(node.right)}).forEach((${name}) => { ${inner(node.body)} });`;
  },
  'const listOf_ = (all) => Array.isArray(all) ? all : { forEach(f) { for (const one of all) f(one); } };\n',
);

const and = everywhere('if (c) s becomes c && s', () => (node, inner) => {
  if (node.type !== 'IfStatement' || node.alternate || node.consequent.type !== 'ExpressionStatement')
    return undefined;
  return `(${inner(node.test)}) && (${inner(node.consequent.expression)});`;
});

const otherwise = everywhere(
  'if (c) a else b becomes if (!c) b else a',
  () => (node, inner) =>
    node.type === 'IfStatement'
      ? `if (!(${inner(node.test)})) { ${node.alternate ? inner(node.alternate) : ''} } else { ${inner(node.consequent)} }`
      : undefined,
);

const switches = everywhere('if becomes switch', (program) => (node, inner) => {
  if (node.type !== 'IfStatement' || program.all('BreakStatement', node).length > 0) return undefined;
  const no = node.alternate ? `default: { ${inner(node.alternate)} }` : '';
  return `switch (Boolean(${inner(node.test)})) { case true: { ${inner(node.consequent)} break; } ${no} }`;
});

/** Between taking and giving back: try, and give back at last. */
const finallyUnlock = everywhere('try … finally around lock and unlock', (program) => {
  return (node, inner) => {
    if (node.type !== 'BlockStatement') return undefined;
    const list = node.body;
    const out: string[] = [];
    for (let i = 0; i < list.length; i++) {
      const taken = callOf(program, list[i]);
      const releases = taken ? (RELEASE[taken.method] ?? []) : [];
      const to = list.findIndex((s, j) => {
        const called = j > i ? callOf(program, s) : undefined;
        return called !== undefined && called.object === taken?.object && releases.includes(called.method);
      });
      const between = list.slice(i + 1, Math.max(to, 0));
      const names = between.flatMap(declared);
      const isBound = to < 0 || list.slice(to).some((s) => mentions(s, names));
      out.push(inner(list[i]));
      if (isBound || between.some((s: AnyNode) => jumps(program, s))) continue;
      out.push(`try { ${between.map(inner).join(' ')} } finally { ${inner(list[to])} }`);
      i = to;
    }
    return `{ ${out.join('\n')} }`;
  };
});

/** The body of every loop becomes a function. */
const rounds = everywhere('the body of a loop becomes a function', (program) => (node, inner) => {
  if (node.type !== 'ForOfStatement' && node.type !== 'ForStatement' && node.type !== 'WhileStatement')
    return undefined;
  if (node.body.type === 'EmptyStatement' || jumps(program, node.body)) return undefined;
  const head = program.text.slice(node.start, node.body.start);
  return `${head} { const round_ = () => { ${inner(node.body)} }; round_(); }`;
});

const rethrows = everywhere(
  'try { … } catch (e) { throw e }',
  (program) => (node, inner) =>
    node.type === 'BlockStatement' && program.roles.some((r) => r.body === node)
      ? `{ try { ${node.body.map(inner).join('\n')} } catch (e_) { throw e_; } }`
      : undefined,
);

/** The same flow of control in other words. */
export const control: Family = {
  'for is while': forIsWhile,
  iterator,
  breaks,
  'do while': doWhile,
  recursion,
  forEach,
  and,
  otherwise,
  switches,
  'finally unlock': finallyUnlock,
  rounds,
  rethrows,
};
