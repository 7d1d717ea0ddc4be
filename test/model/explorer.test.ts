import { describe, expect, it } from 'vitest';
import { Modelled } from '../../harness/hunt/modelled.ts';
import {
  between,
  int32,
  int32Array,
  mutex,
  problem,
  type Semaphore,
  semaphore,
  solve,
} from '../../harness/index.ts';
import type { Program } from '../../harness/process/actor.ts';
import { boardAlone } from '../../harness/process/board.ts';

/** Without a clock: only steps end a search. */
const board = boardAlone(() => 0);

/** Processes that take steps and nothing else: what they do is not judged, only how a run ends. */
const bare = (others: number) =>
  problem({
    id: 'bare',
    title: 'Bare',
    level: 1,
    summary: 'Steps.',
    parameters: { n: between(1, 12) },
    roles: { one: (c) => c.n, other: () => others },
    specification: { start: () => ({}), events: {} },
    me: { one: (c, number) => ({ n: c.n, number }), other: (c) => ({ n: c.n }) },
    speed: { case: { n: 1 }, unit: 'runs', count: () => 1 },
  });

type Role = Generator<undefined, void, number>;

interface Parts {
  share(n: number): unknown;
  one(shared: never, me: { n: number; number: number }): unknown;
  other?(shared: never, me: { n: number }): unknown;
}

/** Everything that `parts` can do, for `n` processes. */
function explored(parts: Parts, n: number, countFailures = false) {
  const modelled = new Modelled(board);
  const others = parts.other ? 1 : 0;
  const twin: Program = (_lab, _problem, deliver, _tick, suspension) => {
    const stepping = (role: (...given: never[]) => unknown) => (shared: never, me: never) => {
      const call = role(shared, me);
      if (typeof call === 'object') Object.assign(suspension as object, { call, pending: 2 });
    };
    const roles = { one: stepping(parts.one), ...(parts.other && { other: stepping(parts.other) }) };
    deliver(
      solve({ id: 'bare' } as never, { share: (c: { n: number }) => parts.share(c.n), ...roles } as never),
    );
  };
  const p = bare(others);
  modelled.load((others ? p : { ...p, roles: { one: p.roles.one } }) as never, twin);
  modelled.enter({ n });
  return modelled.prove({ what: 'prove', most: 500_000, world: 0, countFailures });
}

const forks = (n: number) => ({ forks: Array.from({ length: n }, () => mutex()) });
type Forks = ReturnType<typeof forks>;
function eat({ forks: f }: Forks, a: number, b: number): void {
  f[a].lock();
  f[b].lock();
  f[a].unlock();
  f[b].unlock();
}
const philosophers = {
  naive: { share: forks, one: (s: never, me) => eat(s, me.number, (me.number + 1) % me.n) } satisfies Parts,
  ordered: {
    share: forks,
    one(s: never, { number, n }) {
      const right = (number + 1) % n;
      eat(s, Math.min(number, right), Math.max(number, right));
    },
  } satisfies Parts,
};

describe('exploring a case plays each trace once', () => {
  it.each([3, 4, 5, 6, 7, 8, 9, 10])('philosophers with ordered forks: 2^%i - 2', (n) => {
    expect(explored(philosophers.ordered, n)).toMatchObject({ proved: true, traces: 2 ** n - 2 });
  });

  it.each([2, 3, 4, 5, 6, 7, 8, 9, 10])('naive philosophers: 2^%i - 1, of which one is a deadlock', (n) => {
    const found = explored(philosophers.naive, n, true);
    expect(found).toMatchObject({ proved: false, traces: 2 ** n - 1, failures: 1 });
    expect(found.failure?.key).toBe('deadlock|');
  });
  it('and ends at the first one that fails, unless all are to be counted', () => {
    const found = explored(philosophers.naive, 5);
    expect(found).toMatchObject({ proved: false, failures: 1 });
    expect(found.traces).toBeLessThan(2 ** 5 - 1);
  });

  it.each([1, 2, 3, 5, 8])('readers of one cell that one process writes: 2^%i', (n) => {
    const parts: Parts = {
      share: () => ({ cell: int32(0) }),
      *one({ cell }: never): Role {
        void (cell as { value: number }).value;
        yield;
      },
      other({ cell }: never) {
        (cell as { value: number }).value = 1;
      },
    };
    expect(explored(parts, n)).toMatchObject({ traces: 2 ** n });
  });

  it.each([2, 3, 4])('increments of one cell by two steps each, %i processes: as many as by hand', (n) => {
    const parts: Parts = {
      share: () => ({ cell: int32(0) }),
      *one({ cell }: never): Role {
        const c = cell as { value: number };
        void c.value;
        c.value = (yield) + 1;
      },
    };
    // Writes in any order, n!; every read stands between two of them, before the one of its own process: n! in all.
    const factorial = Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b);
    expect(explored(parts, n)).toMatchObject({ traces: factorial ** 2 });
  });

  it.each([2, 3, 4, 5, 6, 8])('last zero: (%i + 3) 2^(n - 2)', (n) => {
    // Abdulla et al., POPL 2014: n processes copy the element before theirs plus one; another looks for the last
    // zero from behind.
    const parts: Parts = {
      share: (m) => ({ array: int32Array(m + 1) }),
      *one({ array }: never, me): Role {
        const a = array as { [i: number]: number };
        void a[me.number];
        const before = yield;
        a[me.number + 1] = before + 1;
      },
      *other({ array }: never, me): Role {
        const a = array as { [i: number]: number };
        for (let i = me.n; ; i--) {
          void a[i];
          if ((yield) === 0) return;
        }
      },
    };
    expect(explored(parts, n)).toMatchObject({ traces: (n + 3) * 2 ** (n - 2) });
  });
});

describe('a proof', () => {
  it.each([3, 4, 5])(
    'of naive philosophers hands on a deadlock with one preemptive switch, %i seats',
    (n) => {
      expect(explored(philosophers.naive, n, true).failure?.switches).toBeGreaterThan(1);
      expect(explored(philosophers.naive, n).failure).toMatchObject({ key: 'deadlock|', switches: 1 });
    },
  );

  it('is given by states where there are too many runs: two processes wait eleven times each', () => {
    const parts: Parts = {
      share: () => ({ units: semaphore(22) }),
      one({ units }: never) {
        for (let i = 0; i < 11; i++) (units as Semaphore).wait();
      },
    };
    // Where each process stands, all of them at their ends left out: 22!/11!^2 runs, and none is like another.
    expect(explored(parts, 2)).toMatchObject({ proved: true, isCut: true, states: 12 ** 2 - 1 });
  });
});
