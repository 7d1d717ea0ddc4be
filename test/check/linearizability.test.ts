import { describe, expect, it } from 'vitest';
import type { History } from '../../harness/check/history.ts';
import { isLinearizable, linearize } from '../../harness/check/linearizability.ts';
import { sequential } from '../../harness/problem/sequential.ts';
import type { SequentialObject } from '../../harness/problem/sequential-object.ts';
import {
  type Draw,
  explainable,
  explainedByTrying,
  historyOf,
  isLegal,
  mutated,
  puts,
  randomOf,
} from './generated-history.ts';

const subjects: readonly (readonly [string, SequentialObject, Draw])[] = [
  ['queue', sequential.queue(), puts('enqueue', 'dequeue')],
  ['queue of 2', sequential.queue(2), puts('enqueue', 'dequeue')],
  ['stack', sequential.stack(), puts('push', 'pop')],
  ['stack of 1', sequential.stack(1), puts('push', 'pop')],
  ['register', sequential.register(), (random) => (random(2) ? ['write', 1 + random(3)] : ['read', 0])],
  ['set', sequential.set(), (random) => [['add', 'remove', 'has'][random(3)], 1 + random(3)]],
];

describe.each(subjects)('%s', (_name, object, draw) => {
  it('explains every history in which each call takes effect at one moment', () => {
    for (let seed = 0; seed < 2_000; seed++) {
      const random = randomOf(seed);
      const shape = { processes: 1 + random(5), calls: 1 + random(14), cut: random(4) };
      const history = explainable(object, draw, random, shape);
      expect(isLinearizable(history, object), JSON.stringify(history)).toBe(true);
    }
  });
  it('gives an order of all calls that have returned, which is legal', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = randomOf(seed);
      const history = explainable(object, draw, random, { processes: 4, calls: 10, cut: 2 });
      const order = linearize(history, object) ?? [];
      expect(isLegal(order, object)).toBe(true);
      const returned = history.filter((call) => call.result !== undefined);
      expect(returned.every((call) => order.includes(call))).toBe(true);
      expect(new Set(order).size).toBe(order.length);
    }
  });
  it('agrees with trying every order, on histories with a wrong result', () => {
    const verdicts = { yes: 0, no: 0 };
    for (let seed = 0; seed < 1_500; seed++) {
      const random = randomOf(seed);
      const shape = { processes: 2 + random(3), calls: 2 + random(4), cut: random(3) };
      const history = mutated(explainable(object, draw, random, shape), random(6) - 1, random);
      const expected = explainedByTrying(history, object);
      verdicts[expected ? 'yes' : 'no']++;
      expect(isLinearizable(history, object), JSON.stringify(history)).toBe(expected);
    }
    expect(Math.min(verdicts.yes, verdicts.no)).toBeGreaterThan(100);
  });
});

describe('what a container knows of a history', () => {
  it.each(subjects.slice(0, 4))('changes no verdict: %s', (_name, object, draw) => {
    const ignorant = { ...object, knowing: undefined } as unknown as SequentialObject;
    const verdicts = { yes: 0, no: 0 };
    for (let seed = 0; seed < 1_500; seed++) {
      const random = randomOf(seed);
      const shape = { processes: 2 + random(3), calls: 6 + random(6), cut: random(3) };
      const history = mutated(explainable(object, draw, random, shape), random(11) - 1, random);
      const expected = isLinearizable(history, ignorant);
      verdicts[expected ? 'yes' : 'no']++;
      expect(isLinearizable(history, object), JSON.stringify(history)).toBe(expected);
    }
    expect(Math.min(verdicts.yes, verdicts.no)).toBeGreaterThan(100);
  });
});

describe('a call that has not returned', () => {
  const queue = sequential.queue();
  it('may have taken effect', () => {
    const history = historyOf('a enqueue 7 = ? @ 0-', 'b dequeue 0 = 7 @ 1-2');
    expect(isLinearizable(history, queue)).toBe(true);
  });
  it('may not have taken effect', () => {
    const history = historyOf('a enqueue 7 = ? @ 0-', 'b dequeue 0 = -1 @ 1-2');
    expect(isLinearizable(history, queue)).toBe(true);
  });
  it('takes effect once at most, and not before it was made', () => {
    const twice = historyOf('a enqueue 7 = ? @ 0-', 'b dequeue 0 = 7 @ 1-2', 'b dequeue 0 = 7 @ 3-4');
    expect(isLinearizable(twice, queue)).toBe(false);
    const early = historyOf('b dequeue 0 = 7 @ 0-1', 'a enqueue 7 = ? @ 2-');
    expect(isLinearizable(early, queue)).toBe(false);
  });
});

describe('real time', () => {
  it('binds calls that do not overlap, whoever made them', () => {
    const object = sequential.queue();
    const apart = ['a enqueue 1 = 1 @ 0-1', 'b enqueue 2 = 1 @ 2-3', 'c dequeue 0 = 2 @ 4-5'];
    expect(isLinearizable(historyOf(...apart), object)).toBe(false);
    const overlapping = ['a enqueue 1 = 1 @ 0-3', 'b enqueue 2 = 1 @ 1-2', 'c dequeue 0 = 2 @ 4-5'];
    expect(isLinearizable(historyOf(...overlapping), object)).toBe(true);
  });
  it('sees the inversion of new and old that a regular register allows', () => {
    // Lamport, "On interprocess communication", Distributed Computing 1, 1986: two reads during one write.
    const history = historyOf('a write 1 = ? @ 0-', 'b read 0 = 1 @ 1-2', 'c read 0 = 0 @ 3-4');
    expect(isLinearizable(history, sequential.register())).toBe(false);
  });
});

describe('cost', () => {
  /** All calls overlap, and items differ: the hardest there is for so many processes. */
  const worst = (processes: number, rounds: number, last: string): History => {
    const lines: string[] = [];
    for (let r = 0; r < rounds; r++) {
      for (let p = 0; p < processes; p++) {
        const from = r * 2 * processes + p;
        const who = String.fromCharCode(97 + p);
        lines.push(`${who} enqueue ${r * processes + p + 1} = 1 @ ${from}-${from + processes}`);
      }
    }
    const end = rounds * 2 * processes;
    return historyOf(...lines, `a dequeue 0 = ${last} @ ${end}-${end + 1}`);
  };
  /** The object, and how often it was asked since the last time. */
  const counted = (object: SequentialObject): [SequentialObject, () => number] => {
    let asked = 0;
    const apply: SequentialObject['apply'] = (state, name, argument) => {
      asked++;
      return object.apply(state, name, argument);
    };
    const count = (): number => {
      const n = asked;
      asked = 0;
      return n;
    };
    return [{ ...object, apply }, count];
  };
  it('is bearable for 30 calls of 4 processes, explained or not', () => {
    const [object, asked] = counted(sequential.queue());
    for (const [last, expected] of [
      ['4', true],
      ['999', false],
    ] as const) {
      expect(isLinearizable(worst(4, 7, last), object)).toBe(expected);
      expect(asked()).toBeLessThan(20_000);
    }
    const draw: Draw = (r) => (r(2) === 0 ? ['enqueue', 1 + r(100_000)] : ['dequeue', 0]);
    for (let seed = 0; seed < 500; seed++) {
      const random = randomOf(seed);
      const history = explainable(object, draw, random, { processes: 4, calls: 30 });
      asked();
      isLinearizable(history, object);
      isLinearizable(mutated(history, -1, random), object);
      expect(asked()).toBeLessThan(20_000);
    }
  });
  it('gives up rather than go on for ever, and then charges nobody', () => {
    const ignorant = { ...sequential.queue(), knowing: undefined } as unknown as SequentialObject;
    expect(isLinearizable(worst(4, 7, '999'), ignorant)).toBe(true);
    expect(isLinearizable(worst(3, 2, '999'), ignorant)).toBe(false);
  });
  it('explains a hundred thousand calls of a run at full speed', () => {
    const object = sequential.queue(64);
    const history = explainable(object, puts('enqueue', 'dequeue'), randomOf(1), {
      processes: 2,
      calls: 100_000,
    });
    expect(isLinearizable(history, object)).toBe(true);
  });
});
