// The same shared objects, made in another way, and more of them than are needed.
import type { AnyNode } from 'acorn';
import { importing } from '../importing.ts';
import type { Change, Family, Operator } from '../operator.ts';
import type { Program } from '../program.ts';
import { everywhere } from '../rewrite.ts';
import { callOf } from '../statements.ts';

const otherOrder: Operator = everywhere(
  'objects are made in the reverse order',
  (program) => (node, inner) =>
    node === program.shared && node.type === 'ObjectExpression'
      ? `{ ${node.properties.map(inner).reverse().join(', ')} }`
      : undefined,
);

const unused: Operator = everywhere(
  'objects that nobody uses',
  (program) => (node, inner) =>
    node === program.shared && node.type === 'ObjectExpression'
      ? `{ before_: semaphore_(0), ${node.properties.map(inner).join(', ')}, after_: [mutex_(), int32_(7)] }`
      : undefined,
  "import { semaphore as semaphore_, mutex as mutex_, int32 as int32_ } from 'interleave';\n",
);

const renamed: Operator = everywhere('objects have other names', (program) => (node, inner) => {
  const other = (p: AnyNode): string => {
    if (p.type !== 'Property' || p.computed) return inner(p);
    return `${program.of(p.key)}_: ${p.shorthand ? program.of(p.key) : inner(p.value)}`;
  };
  if (node === program.shared && node.type === 'ObjectExpression')
    return node.properties.some((p) => p.type !== 'Property')
      ? undefined
      : `{ ${node.properties.map(other).join(', ')} }`;
  const isGiven = program.roles.some((r) => r.params[0] === node);
  if (!isGiven || node.type !== 'ObjectPattern' || node.properties.some((p) => p.type === 'RestElement'))
    return undefined;
  return `{ ${node.properties.map(other).join(', ')} }`;
});

const strength = (name: string): Operator =>
  everywhere(
    `semaphores of strength ${name}`,
    (program) => (node, inner) =>
      node.type === 'CallExpression' && program.of(node.callee) === 'semaphore' && node.arguments.length === 1
        ? `semaphore(${inner(node.arguments[0])}, { strength: '${name}' })`
        : undefined,
  );

const broadcast: Operator = everywhere('broadcast for signal', (program) => (node, inner) => {
  if (node.type !== 'MemberExpression' || node.computed || program.of(node.property) !== 'signal')
    return undefined;
  return program.parentOf(node)?.type === 'CallExpression' ? `${inner(node.object)}.broadcast` : undefined;
});

/** A mutex for each process, which holds it from its first step to its last: no other one ever asks. */
const OWN = "import { atomicInt32 as atomic_, mutex as mutex_ } from 'interleave';\n";
const own: Operator = everywhere(
  'a mutex of its own for each process',
  (program) => (node, inner) => {
    if (node === program.shared && node.type === 'ObjectExpression')
      return `{ ${node.properties.map(inner).join(', ')}, ids_: atomic_(), own_: Array.from({ length: 12 }, () => mutex_()) }`;
    const role = program.roles.find((r) => r.body === node);
    if (role !== undefined && node.type === 'BlockStatement')
      return `{ const mine_ = own_[ids_.add(1)]; mine_.lock(); try { ${node.body.map(inner).join('\n')} } finally { mine_.unlock(); } }`;
    if (node.type === 'ObjectPattern' && program.roles.some((r) => r.params[0] === node))
      return `{ ids_, own_, ${node.properties.map(inner).join(', ')} }`;
    return undefined;
  },
  OWN,
);

/** A mutex is held twice over: by another one inside it. Not where somebody waits on a condition meanwhile. */
const inner: Operator = (program) => {
  const locks = program
    .all('ExpressionStatement')
    .filter((s) => callOf(program, s)?.method === 'lock')
    .map((s) => callOf(program, s)?.object ?? '');
  const isWaited = (lock: string): boolean =>
    program.all('CallExpression').some((c) => c.arguments.some((a) => program.of(a) === lock)) ||
    /try(Lock|Read|Write)/.test(program.text);
  return [...new Set(locks)]
    .filter((lock) => /^\w+$/.test(lock) && !isWaited(lock) && owns(program, lock))
    .map(
      (lock): Change => ({
        what: `one more mutex inside ${lock}`,
        at: program.share.start,
        edit: (text) => {
          importing(text, 'mutex as mutex_');
          text.appendLeft(program.shared.start + 1, 'inner_: mutex_(), ');
          for (const { params } of program.roles) {
            if (params[0]?.type === 'ObjectPattern') text.appendLeft(params[0].start + 1, 'inner_, ');
          }
          for (const s of program.all('ExpressionStatement')) {
            const called = callOf(program, s);
            if (called?.object !== lock) continue;
            if (called.method === 'lock') text.appendRight(s.end, ' inner_.lock();');
            if (called.method === 'unlock') text.appendLeft(s.start, 'inner_.unlock(); ');
          }
        },
      }),
    );
};

/** Whether every role that uses `lock` takes it from what is shared, under that name. */
const owns = (program: Program, lock: string): boolean =>
  program.shared.properties.some((p) => p.type === 'Property' && program.of(p.key) === lock) &&
  program.all('CallExpression', program.share).every((c) => !program.of(c.callee).startsWith(`${lock}.`));

const getters: Operator = everywhere('shared objects behind getters', (program) => (node, inner) => {
  if (node !== program.shared || node.type !== 'ObjectExpression') return undefined;
  const names = node.properties.map((p) =>
    p.type === 'Property' && !p.computed ? program.of(p.key) : undefined,
  );
  if (names.includes(undefined)) return undefined;
  return `((made_) => ({ ${names.map((n) => `get ${n}() { return made_.${n}; }`).join(', ')} }))({ ${node.properties.map(inner).join(', ')} })`;
});

const nested: Operator = everywhere('shared objects lie deeper', (program) => (node, inner) => {
  if (node === program.shared && node.type === 'ObjectExpression')
    return `{ all_: { in_: [{ ${node.properties.map(inner).join(', ')} }] } }`;
  if (node.type === 'ObjectPattern' && program.roles.some((r) => r.params[0] === node))
    return `{ all_: { in_: [{ ${node.properties.map(inner).join(', ')} }] } }`;
  return undefined;
});

/** The same shared objects in another way. */
export const sharing: Family = {
  'other order': otherOrder,
  unused,
  renamed,
  nested,
  'objects behind getters': getters,
  handoff: strength('handoff'),
  fifo: strength('fifo'),
  'broadcast for signal': broadcast,
  'own mutex': own,
  'inner mutex': inner,
};
