// Small random programs over the primitives: what the processes share, and what each of them does.
import fc from 'fast-check';
import type { ElementKind } from '../../harness/shared/element.ts';
import { solution } from '../workbench.ts';

export type Thing =
  | {
      readonly kind: 'semaphore';
      readonly initial: number;
      readonly strength: 'barging' | 'handoff' | 'fifo';
      readonly undo?: boolean;
    }
  | { readonly kind: 'mutex'; readonly robust?: boolean }
  | { readonly kind: 'rwlock' }
  | { readonly kind: 'condition'; readonly spurious: number }
  | { readonly kind: 'barrier'; readonly parties: number }
  | { readonly kind: 'latch'; readonly count: number }
  | { readonly kind: 'event'; readonly set: boolean; readonly automatic: boolean }
  | { readonly kind: 'atomicInt32'; readonly initial: number }
  | { readonly kind: 'channel'; readonly capacity: number }
  | { readonly kind: 'mailbox'; readonly capacity: number; readonly words: number }
  /** A box for each process. */
  | {
      readonly kind: 'direct';
      readonly capacity: number;
      readonly words: number;
      readonly processes: number;
    }
  | {
      readonly kind: 'cell' | 'array';
      readonly of: ElementKind;
      readonly length: number;
      readonly initial: number;
    };

export interface Call {
  /** Number of the thing; -1 for the world. */
  readonly thing: number;
  readonly call: string;
  /** What is passed; for a condition the number of the mutex comes first. */
  readonly given: readonly number[];
}

/** A call; where it has a body, that is done if the call says true, or returns nothing. */
export interface Statement extends Call {
  readonly body?: readonly Call[];
}

export interface Program {
  readonly things: readonly Thing[];
  readonly processes: readonly (readonly Statement[])[];
}

/** The calls of each kind, with the number of what is passed; `?` before those that break rules when made at random. */
const calls: Readonly<Record<Thing['kind'] | 'robust' | 'world', readonly string[]>> = {
  semaphore: ['wait', 'tryWait', 'timedWait 1', 'post', 'value', 'post'],
  mutex: ['lock', 'tryLock', 'timedLock 1', '?unlock'],
  robust: ['lock', 'tryLock', 'timedLock 1', '?unlock', 'ownerDied', '?consistent'],
  condition: ['signal', 'broadcast', '?wait', '?timedWait 1'],
  rwlock: [
    'readLock',
    'tryReadLock',
    'timedReadLock 1',
    'writeLock',
    'tryWriteLock',
    'timedWriteLock 1',
    '?unlock',
  ],
  barrier: ['wait'],
  latch: ['?countDown', 'wait', 'tryWait', 'timedWait 1', 'countDown'],
  event: ['set', 'reset', 'isSet', 'wait', 'tryWait', 'timedWait 1'],
  atomicInt32: ['load', 'store 1', 'add 1', 'exchange 1', 'compareAndSet 2'],
  channel: [
    'send 1',
    'receive',
    'trySend 1',
    'tryReceive',
    'timedSend 2',
    'timedReceive 1',
    'close',
    '?close',
    '?close',
  ],
  mailbox: ['send', 'receive', 'trySend', 'tryReceive', 'timedSend', 'timedReceive 1'],
  direct: ['send', 'receive', 'trySend', 'tryReceive', 'timedSend', 'timedReceive 1', 'receiveFrom'],
  cell: ['read', 'write 1', 'increment'],
  array: ['get 1', 'set 2', 'increment 1', 'fill 1', 'includes 1'],
  world: ['think', 'sleep 1'],
};

/** Calls that return something. */
const tells =
  /^(try|timed)|^(value|load|add|exchange|compareAndSet|isSet|ownerDied|read|get|increment|includes|receive|receiveFrom)$/;
/** Pairs that belong together: who takes gives back. */
const pairs: Readonly<Record<string, string>> = { semaphore: 'post', mutex: 'unlock', rwlock: 'unlock' };

const values = [0, 1, 2, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1, 1.5, 7];
const times = [0, 1, 2];
const messages = [0, 1, 2, -1, 2 ** 31 - 1, -(2 ** 31), 7];

const drawn = fc.record({ thing: fc.nat(29), call: fc.nat(29), a: fc.nat(29), b: fc.nat(29) });
const drawnStatement = fc.record({
  ...{ thing: fc.nat(29), call: fc.nat(29), a: fc.nat(29), b: fc.nat(29) },
  /** Whether this is a whole section: take, do something, give back. */
  section: fc.nat(2),
  body: fc.array(drawn, { maxLength: 2 }),
});
type Drawn = { readonly thing: number; readonly call: number; readonly a: number; readonly b: number };

const of: readonly ElementKind[] = ['int32', 'uint32', 'float64', 'bool'];
const element = fc.constantFrom(...of);
const initial = fc.constantFrom(...values);
const drawnThings: { readonly [K in Thing['kind']]: fc.Arbitrary<Thing> } = {
  semaphore: fc
    .record({
      kind: fc.constant('semaphore'),
      initial: fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 1, 2, 2 ** 31 - 2),
      strength: fc.constantFrom('barging', 'handoff', 'fifo', 'undo'),
    })
    .map(({ strength, ...rest }) =>
      strength === 'undo' ? ({ ...rest, strength: 'barging', undo: true } as const) : { ...rest, strength },
    ),
  mutex: fc.record({ kind: fc.constant('mutex'), robust: fc.boolean() }),
  rwlock: fc.record({ kind: fc.constant('rwlock') }),
  condition: fc.record({ kind: fc.constant('condition'), spurious: fc.constantFrom(0, 0, 1) }),
  barrier: fc.record({ kind: fc.constant('barrier'), parties: fc.integer({ min: 1, max: 3 }) }),
  latch: fc.record({ kind: fc.constant('latch'), count: fc.integer({ min: 0, max: 3 }) }),
  event: fc.record({ kind: fc.constant('event'), set: fc.boolean(), automatic: fc.boolean() }),
  atomicInt32: fc.record({ kind: fc.constant('atomicInt32'), initial: fc.constantFrom(0, 1, 2 ** 31 - 1) }),
  channel: fc.record({ kind: fc.constant('channel'), capacity: fc.constantFrom(0, 0, 0, 1, 2) }),
  mailbox: fc.record({
    kind: fc.constant('mailbox'),
    capacity: fc.integer({ min: 1, max: 2 }),
    words: fc.integer({ min: 1, max: 3 }),
  }),
  direct: fc.record({
    kind: fc.constant('direct'),
    capacity: fc.integer({ min: 1, max: 2 }),
    words: fc.integer({ min: 1, max: 2 }),
    processes: fc.constant(1),
  }),
  cell: fc.record({ kind: fc.constant('cell'), of: element, length: fc.constant(1), initial }),
  array: fc.record({
    kind: fc.constant('array'),
    of: element,
    length: fc.integer({ min: 1, max: 3 }),
    initial,
  }),
};
export const kinds = Object.keys(drawnThings) as Thing['kind'][];

/** The call that was drawn, made to fit what there is. */
function callOf(things: readonly Thing[], d: Drawn, risky = d.b % 5 === 0): Call {
  const number = d.thing % 8 === 7 ? -1 : d.thing % things.length;
  const it = things[number] ?? { kind: 'world' };
  const all = calls[it.kind === 'mutex' && it.robust ? 'robust' : it.kind].filter(
    (c) => risky || !c.startsWith('?'),
  );
  const [name, count = '0'] = all[d.call % all.length].replace('?', '').split(' ');
  const given: number[] = [];
  if ('capacity' in it) return { thing: number, call: name, given: sent(it, name, d) };
  if (it.kind === 'condition' && /wait$/i.test(name)) given.push(mutexIn(things));
  for (let i = 0; i < Number(count); i++) given.push(values[(i === 0 ? d.a : d.b) % values.length]);
  if (name.startsWith('timed') || name === 'sleep') given[given.length - 1] = times[d.a % times.length];
  if (it.kind === 'array' && /get|set|increment/.test(name))
    given[0] = d.b % 11 === 0 ? [it.length, -1, 0.5][d.a % 3] : d.a % it.length;
  return { thing: number, call: name, given };
}

/** What is passed to a call on something that holds messages. */
function sent(it: Extract<Thing, { capacity: number }>, call: string, d: Drawn): number[] {
  const time = times[d.a % times.length];
  if (/receive$/i.test(call)) return call.startsWith('timed') ? [time] : [];
  const other = it.kind === 'direct' ? [(d.a + d.b) % it.processes] : [];
  if (call === 'receiveFrom') return other;
  if (call === 'close') return [];
  const words = it.kind === 'channel' ? 1 : it.words;
  const message = Array.from({ length: words }, (_, i) => messages[(d.b + i * d.a) % messages.length]);
  return [...other, ...message, ...(call.startsWith('timed') ? [time] : [])];
}

const mutexIn = (things: readonly Thing[]): number => things.findIndex((t) => t.kind === 'mutex');

function statementsOf(
  things: readonly Thing[],
  d: Drawn & { section: number; body: readonly Drawn[] },
): Statement[] {
  const plain = callOf(things, d);
  const it = things[plain.thing];
  const body = d.body.map((inner) => callOf(things, inner));
  if (it === undefined || d.section === 0) return [plain];
  if (it.kind === 'condition') {
    // Under its mutex, as it should be.
    const m = mutexIn(things);
    const under = callOf(things, { ...d, thing: plain.thing, call: d.call + 1 }, true);
    return [
      { thing: m, call: 'lock', given: [], body: [...body, under, { thing: m, call: 'unlock', given: [] }] },
    ];
  }
  const back = pairs[it.kind];
  if (back === undefined || !/wait|lock/i.test(plain.call) || plain.call === back) return [plain];
  return [{ ...plain, body: [...body, { thing: plain.thing, call: back, given: [] }] }];
}

/**
 * Programs with so many processes, things and statements, at most.
 * @param only the kinds of things that they are about. Default: all.
 */
export function programs(
  most: { processes: number; things: number; statements: number },
  only: readonly Thing['kind'][] = kinds,
): fc.Arbitrary<Program> {
  const things = fc.array(fc.oneof(...only.map((kind) => drawnThings[kind])), {
    minLength: 1,
    maxLength: most.things,
  });
  const statements = fc.array(drawnStatement, { maxLength: most.statements, size: 'max' });
  const processes = fc.array(statements, { minLength: 1, maxLength: most.processes, size: 'max' });
  return fc.record({ things, processes }).map(({ things: drawn, processes }) => {
    const things = drawn.map((t) => (t.kind === 'direct' ? { ...t, processes: processes.length } : t));
    const all = things.some((t) => t.kind === 'condition') ? [...things, { kind: 'mutex' } as const] : things;
    return { things: all, processes: processes.map((p) => p.flatMap((d) => statementsOf(all, d))) };
  });
}

/** The same without indices outside an array: at full speed arrays are bare, and nobody looks at them. */
export function inBounds({ things, processes }: Program): Program {
  const call = <C extends Call>(c: C): C => {
    const t = things[c.thing];
    if (t?.kind !== 'array' || !/get|set|increment/.test(c.call)) return c;
    const [index, ...rest] = c.given;
    return index in new Array(t.length).fill(0) ? c : { ...c, given: [0, ...rest] };
  };
  const statement = (s: Statement): Statement => ({ ...call(s), ...(s.body && { body: s.body.map(call) }) });
  return { things, processes: processes.map((p) => p.map(statement)) };
}

/** Whether a call returns something that its process tells. */
export const isTold = (things: readonly Thing[], { thing, call }: Call): boolean => {
  const kind = things[thing]?.kind;
  if (call === 'wait') return kind === 'barrier';
  return tells.test(call);
};

function expression({ thing, call, given }: Call): string {
  const o = `o${thing}`;
  const [a, b] = given;
  switch (call) {
    case 'value':
    case 'isSet':
    case 'ownerDied':
      return `${o}.${call}`;
    case 'read':
      return `${o}.value`;
    case 'write':
      return `${o}.value = ${a}`;
    case 'get':
      return `${o}[${a}]`;
    case 'set':
      return given.length === 0 ? `${o}.set()` : `${o}[${a}] = ${b}`;
    case 'increment':
      return given.length === 0 ? `${o}.value++` : `${o}[${a}]++`;
    case 'receive':
    case 'tryReceive':
    case 'timedReceive':
    case 'receiveFrom':
      // Whatever it is, as a number.
      return `[${o}.${call}(${given.join(', ')})].flat().reduce((so, n) => so * 3 + (n === undefined ? 5 : n % 1000), 0)`;
    case 'think':
      return 'me.think()';
    case 'sleep':
      return `sleep(${a})`;
    default:
      return `${o}.${call}(${given.join(', ')})`;
  }
}

function lines(things: readonly Thing[], statement: Statement, indent: string): string[] {
  const text = expression(withMutex(things, statement));
  const body = (statement.body ?? []).flatMap((c) => lines(things, c, `${indent}  `));
  const told = isTold(things, statement);
  if (statement.body === undefined) return [`${indent}${told ? `me.tell(${text});` : `${text};`}`];
  if (!told) return [`${indent}${text};`, ...body.map((line) => line.slice(2))];
  return [`${indent}{ const it = ${text}; me.tell(it);`, `${indent}if (it) {`, ...body, `${indent}} }`];
}

/** A condition's mutex by its name. */
function withMutex(things: readonly Thing[], c: Call): Call {
  if (things[c.thing]?.kind !== 'condition' || c.given.length === 0) return c;
  const [m, ...rest] = c.given;
  return { ...c, given: [`o${m}` as unknown as number, ...rest] };
}

function made(t: Thing): string {
  switch (t.kind) {
    case 'semaphore':
      return `semaphore(${t.initial}, { strength: '${t.strength}'${t.undo ? ', undo: true' : ''} })`;
    case 'mutex':
      return t.robust ? 'mutex({ robust: true })' : 'mutex()';
    case 'condition':
      return `condition({ spurious: ${t.spurious} })`;
    case 'barrier':
      return `barrier(${t.parties})`;
    case 'latch':
      return `latch(${t.count})`;
    case 'event':
      return `event({ set: ${t.set}, automatic: ${t.automatic} })`;
    case 'atomicInt32':
      return `atomicInt32(${t.initial})`;
    case 'channel':
      return `channel(${t.capacity})`;
    case 'mailbox':
    case 'direct':
      return `${t.kind}(${t.capacity}, { words: ${t.words} })`;
    case 'cell':
      return `${t.of}(${t.of === 'bool' ? t.initial !== 0 : t.initial})`;
    case 'array':
      return `${t.of}Array(${t.length}, ${t.of === 'bool' ? t.initial !== 0 : t.initial})`;
    default:
      return `${t.kind}()`;
  }
}

/** The program as a solution of the workbench, which tells whatever its calls return. */
export function textOf({ things, processes }: Program): string {
  const names = things.map((_, i) => `o${i}`);
  const share = `{ ${things.map((t, i) => `o${i}: ${made(t)}`).join(', ')} }`;
  const cases = processes.map(
    (p, i) => `case ${i}:\n${p.flatMap((s) => lines(things, s, '  ')).join('\n')}\n  break;`,
  );
  return solution(
    share,
    `const { ${names.join(', ')} } = shared;\nswitch (me.number) {\n${cases.join('\n')}\n}`,
  );
}
