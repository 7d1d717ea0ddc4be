// Random programs for what roles hold: few steps, but loops, variables that count later and such as do not, and a `me`
// that remembers.
import fc from 'fast-check';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { workbench } from '../workbench.ts';

/** A `me` that remembers: how many tickets it has given, and which way it looks. */
export const remembering = (remembers: (what: () => readonly number[]) => () => readonly number[]) =>
  ({
    worker: (
      _c: object,
      number: number,
      world: {
        event(name: string, value: number): void;
        random(below: number): number;
        think(): void;
        remembers(what: () => readonly number[]): void;
      },
    ) => {
      let given = 0;
      let flips = 0;
      world.remembers(remembers(() => [given, flips % 2]));
      const tickets: IterableIterator<number> = {
        next: () => (given === 2 ? { done: true, value: undefined } : { done: false, value: ++given }),
        [Symbol.iterator]: () => tickets,
      };
      return {
        number,
        tickets,
        list: [1, 2],
        luck: () => world.random(3),
        flip: () => ++flips % 2,
        think: () => world.think(),
        tell: (value: number) => world.event('told', value),
      };
    },
  }) as never as AnyProblem['me'];

const told = {
  told: {
    says: 'tells',
    then: (s: { all: number; sum: number }, e: { value: number; process: number }) => {
      s.all = (s.all * 7 + e.value * 3 + e.process + 1) % 61;
      s.sum = (s.sum + e.value) % 8;
    },
  },
};
const ends = (of: 'all' | 'sum', n: number) =>
  Object.fromEntries(
    Array.from({ length: n }, (_, i) => [
      `${of} is not ${i}`,
      (s: { all: number; sum: number }) => s[of] !== i,
    ]),
  );
const start = () => ({ all: 0, sum: 0 });
const me = remembering((what) => what);
const problem = (specification: object): AnyProblem =>
  ({ ...workbench, me, races: 'allowed', specification }) as never;

/** Problems whose verdict is the order of all that was told, its sum, or nothing. */
export const problems: readonly AnyProblem[] = [
  problem({ start, events: told, ends: ends('all', 61) }),
  problem({
    start,
    events: {
      told: {
        says: 'tells',
        then: (s: { sum: number }, e: { value: number }) => {
          s.sum = (s.sum + e.value) % 8;
        },
      },
    },
    ends: ends('sum', 8),
  }),
  problem({ start, events: { told: { says: 'tells' } } }),
];

const small = fc.constantFrom('0', '1', '2', 'x', 'y', 'x + y', 'x + 1');
const truth = fc.constantFrom('x > 1', 'y === 1', 'x !== y', 'me.flip() === 1', 'c.value > 0', 'x + y > 2');
const simple = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('x = c.value;', 'y = n.load();', 'x = n.add(1);', 'y = c.value;') },
  { weight: 4, arbitrary: small.map((e) => `c.value = ${e};`) },
  { weight: 2, arbitrary: small.map((e) => `n.store(${e});`) },
  { weight: 3, arbitrary: small.map((e) => `me.tell(${e});`) },
  { weight: 3, arbitrary: small.map((e) => `x = ${e};`) },
  { weight: 2, arbitrary: small.map((e) => `y = ${e};`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      's.post();',
      's.wait();',
      'more[1].wait();',
      'more[0].value = x;',
      'x = s.tryWait() ? 1 : 2;',
      'y = me.flip();',
      'x = me.luck();',
      'const z = n.load(); x += z;',
      'const [z] = [y, x]; y = z;',
      'me.think();',
      'l.lock(); x = c.value; c.value = x + 1; l.unlock();',
      'l.lock(); w.signal(); l.unlock();',
      'l.lock(); if (c.value === 0) w.wait(l); l.unlock();',
    ),
  },
);

/** Of `depth` loops at most, one in the other. */
const statements = (depth: number): fc.Arbitrary<string> =>
  fc
    .array(depth === 0 ? simple : fc.oneof({ weight: 3, arbitrary: simple }, compound(depth - 1)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((all) => all.map((s) => (/^const/.test(s) ? `{ ${s} }` : s)).join('\n'));

const compound = (depth: number): fc.Arbitrary<string> => {
  const inner = statements(depth);
  return fc.oneof(
    fc
      .tuple(fc.constantFrom('i', 'j'), inner)
      .map(([i, s]) => `for (let ${i} = 0; ${i} < 2; ${i}++) { ${s} }`),
    fc
      .tuple(fc.constantFrom('i', 'j'), inner)
      .map(([i, s]) => `for (let ${i} = 1; ${i} < 3; ${i}++) { x += ${i}; ${s} }`),
    inner.map((s) => `for (const t of me.tickets) { ${s} y = t; }`),
    inner.map((s) => `for (const t of me.list) { x = t; ${s} }`),
    inner.map((s) => `for (const t of [1, y]) { ${s} x += t; }`),
    inner.map((s) => `for (let k = 0; k < 2;) { k++; ${s} if (k === x) continue; y++; }`),
    fc.tuple(truth, inner, inner).map(([e, s, t]) => `if (${e}) { ${s} } else { ${t} }`),
    fc.tuple(truth, simple).map(([e, s]) => `if (${e}) ${/^const/.test(s) ? ';' : s}`),
    inner.map((s) => `while (x < 2) { x++; ${s} }`),
    inner.map((s) => `do { ${s} } while (++y < 2);`),
    inner.map(
      (s) =>
        `up${depth}: for (let u = 0; u < 2; u++) { for (const t of me.list) { ${s} if (t === x) continue up${depth}; } }`,
    ),
    fc
      .tuple(inner, inner)
      .map(([s, t]) => `try { ${s} if (x === 2) throw new Error('two'); y = 1; } catch (e) { ${t} }`),
    fc.tuple(inner, inner).map(([s, t]) => `try { ${s} } finally { ${t} }`),
    fc.tuple(inner, inner).map(([s, t]) => `switch (x) { case 1: ${s} break; default: ${t} }`),
    inner.map((s) => `{ const held = [x, y]; ${s} x = held[1]; }`),
    inner.map((s) => `{ let x = 1; ${s} y = x; }`),
    inner.map(
      (s) => `if (x < 2) for (const t of me.tickets) { x += t; ${s} } else for (const t of me.list) y = t;`,
    ),
    simple.map((s) => `while (x < 2) for (const t of me.list) { x += t; ${s} }`),
    inner.map((s) => `{ var v = (v ?? 0) + x; ${s} y += v; }`),
  );
};

/** The text of a solution, as an ES module without imports and exports: two processes, each with a body of its own. */
export const looping: fc.Arbitrary<string> = fc.tuple(statements(2), statements(2)).map(textOf);

export function textOf([one, other]: readonly [string, string]): string {
  const lab = ['atomicInt32', 'condition', 'int32', 'mutex', 'semaphore', 'solve'];
  return `${lab.map((name) => `var ${name} = (() => __interleave.${name})();`).join('\n')}
var workbench = __problem('workbench');
var solution = solve(workbench, {
  share: () => ({ c: int32(0), n: atomicInt32(0), s: semaphore(1), l: mutex(), w: condition(), more: [int32(0), semaphore(1)] }),
  worker({ c, n, s, l, w, more }, me) {
    let x = 0, y = 0;
    if (me.number === 0) {
${one}
    } else {
${other}
    }
  }
});
__deliver(solution);`;
}
