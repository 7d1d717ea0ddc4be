import { describe, expect, it } from 'vitest';
import { until } from '../../harness/check/history.ts';
import { isLinearizable } from '../../harness/check/linearizability.ts';
import { shortestViolation } from '../../harness/check/shortest-history.ts';
import { whyUnexplained } from '../../harness/check/unexplained.ts';
import { sequential } from '../../harness/problem/sequential.ts';
import type { SequentialObject } from '../../harness/problem/sequential-object.ts';
import { type Draw, explainable, historyOf, mutated, puts, randomOf } from './generated-history.ts';

const subjects: readonly (readonly [string, SequentialObject, Draw])[] = [
  ['queue', sequential.queue(), puts('enqueue', 'dequeue')],
  ['queue of 2', sequential.queue(2), puts('enqueue', 'dequeue')],
  ['stack of 2', sequential.stack(2), puts('push', 'pop')],
  ['register', sequential.register(), (random) => (random(2) ? ['write', 1 + random(3)] : ['read', 0])],
  ['set', sequential.set(), (random) => [['add', 'remove', 'has'][random(3)], 1 + random(3)]],
];

describe.each(subjects)('%s', (_name, object, draw) => {
  it('can leave out of a history that is explained whatever it says, and the rest is explained', () => {
    let left = 0;
    for (let seed = 0; seed < 2_000; seed++) {
      const random = randomOf(seed);
      const shape = { processes: 1 + random(4), calls: 2 + random(10), cut: random(3) };
      const history = explainable(object, draw, random, shape);
      const { alone, together, pins } = object.omission as NonNullable<SequentialObject['omission']>;
      const one = history[random(history.length)];
      const number = together(one);
      const rest = alone(one)
        ? history.filter((call) => call !== one)
        : history.filter((call) => number === undefined || together(call) !== number);
      if (rest.length === history.length) continue;
      if (!alone(one) && rest.some((call) => pins?.(call))) continue;
      left++;
      expect(isLinearizable(rest, object), JSON.stringify({ history, one })).toBe(true);
    }
    expect(left).toBeGreaterThan(300);
  });
  it('finds the first return that is too much, and calls that suffice to see it', () => {
    let violations = 0;
    let shorter = 0;
    for (let seed = 0; seed < 1_000; seed++) {
      const random = randomOf(seed);
      const made = explainable(object, draw, random, { processes: 3, calls: 8, cut: random(2) });
      const history = mutated(made, random(6) - 1, random);
      const violation = shortestViolation(history, object);
      expect(violation === undefined).toBe(isLinearizable(history, object));
      if (violation === undefined) continue;
      violations++;
      const { last } = violation;
      expect(isLinearizable(until(history, last.returned - 1), object)).toBe(true);
      expect(isLinearizable(until(history, last.returned), object)).toBe(false);
      expect(isLinearizable(violation.history, object)).toBe(false);
      expect(violation.history.some((c) => c.process === last.process && c.called === last.called)).toBe(
        true,
      );
      if (violation.history.length < until(history, last.returned).length) shorter++;
      const why = whyUnexplained(violation.history, object, (p) => `process ${p}`, 'step');
      expect(why).toContain(object.says(last));
      expect(why).toMatch(/(by itself|with no call before|after .*), a .* answers /);
    }
    expect(violations).toBeGreaterThan(100);
    expect(shorter).toBeGreaterThan(50);
  });
});

const queue = sequential.queue();
const told = (object: SequentialObject, ...lines: string[]): string => {
  const violation = shortestViolation(historyOf(...lines), object);
  return violation ? whyUnexplained(violation.history, object, (p) => `process ${p}`, 'step') : '';
};

describe('in words', () => {
  it('tells the calls that it takes, when they were made, and what the object would have answered', () => {
    const why = told(
      queue,
      'a enqueue 9 = 1 @ 0-1',
      'b dequeue 0 = 9 @ 2-3',
      'a enqueue 1 = 1 @ 4-5',
      'b enqueue 2 = 1 @ 6-7',
      'c dequeue 0 = 2 @ 8-9',
      'c dequeue 0 = 1 @ 10-11',
    );
    expect(why).toBe(
      'enqueue(1) → true by process 0 (steps 5 to 6), enqueue(2) → true by process 1 (steps 7 to 8) and ' +
        'dequeue() → 2 by process 2 (steps 9 to 10). No order that fits these times explains them all: after ' +
        'enqueue(1) → true and enqueue(2) → true, a queue answers process 2 with dequeue() → 1',
    );
  });
  it('keeps the enqueue of what was dequeued: without it any dequeue would look wrong', () => {
    const why = told(queue, 'a enqueue 1 = 1 @ 0-1', 'a enqueue 2 = 1 @ 2-3', 'b dequeue 0 = 2 @ 4-5');
    expect(why).toContain('enqueue(1)');
    expect(why).toContain('enqueue(2)');
  });
  it('keeps what fills a queue that says that it is full', () => {
    const lines = ['a enqueue 1 = 1 @ 0-1', 'a enqueue 2 = 0 @ 2-3'];
    expect(told(sequential.queue(1), ...lines)).toBe('');
    expect(told(sequential.queue(2), ...lines)).toContain('enqueue(1) → true by process 0');
  });
  it('names calls that have not returned', () => {
    const why = told(
      queue,
      'a enqueue 1 = 1 @ 0-1',
      'c dequeue 0 = ? @ 2-',
      'b dequeue 0 = 1 @ 3-4',
      'b dequeue 0 = 1 @ 5-6',
    );
    expect(why).toContain('dequeue() by process 2 (since step 3, not back yet)');
  });
  it('says so where a single call cannot be', () => {
    expect(told(queue, 'a dequeue 0 = 7 @ 0-1')).toBe(
      'dequeue() → 7 by process 0 (steps 1 to 2). Whatever else was called, this cannot be: by itself, a queue answers dequeue() → nothing',
    );
  });
});
