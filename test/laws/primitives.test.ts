import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import type { Outcome } from '../../harness/process/team.ts';
import { parking } from '../../harness/schedule/parking.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { compact } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { operations } from '../../harness/sync/operations.ts';
import { Workbench } from '../workbench.ts';
import { type Coverage, cameToFree, difference, memoryOf, possible, walk } from './conformance.ts';
import { inBounds, kinds, type Program, programs, type Thing, textOf } from './program.ts';

const bench = new Workbench();
afterAll(() => bench.close());

const enter = (program: Program): Promise<void> =>
  bench.use(textOf(program), { processes: program.processes.length });
const strategies = [uniform, pct, roundRobin, parking, uniform, pct];

/** Plays `program` under every strategy. Returns what differs from `reference`, with the program. */
async function differences(program: Program, reference = program, seen?: Coverage): Promise<string[]> {
  await enter(program);
  const found: string[] = [];
  for (const [seed, strategy] of strategies.entries()) {
    const { outcome } = bench.play({ mode: 'controlled', seed, strategy });
    const wrong = difference(bench, reference, outcome, seen);
    if (wrong) found.push(`${strategy.name} ${seed}: ${wrong}\n${textOf(program)}`);
  }
  return found;
}

/** Small enough to look at all that they can come to. */
const tiny = programs({ processes: 3, things: 3, statements: 3 }).map(inBounds);

describe('in a controlled run', () => {
  const seen: Coverage = new Map();

  const each = kinds.map((kind) => [`a ${kind}`, [kind]] as const);
  describe.each([...each, ['all of them together', kinds] as const])('%s', (_, about) => {
    const small = programs({ processes: 3, things: about.length > 1 ? 3 : 1, statements: 4 }, about);

    it('does what its table says, and a deadlock is reported exactly where nobody can move', async () => {
      await fc.assert(
        fc.asyncProperty(small, async (program) => {
          expect(await differences(program, program, seen)).toEqual([]);
        }),
        { numRuns: 200 },
      );
    });
    it('lets everyone move who can: any walk through the reference is a schedule that fits', async () => {
      await fc.assert(
        fc.asyncProperty(small, fc.infiniteStream(fc.nat()), async (program, luck) => {
          await enter(program);
          for (let i = 0; i < 6; i++) {
            const { moves, ending } = walk(program, (n) => (luck.next().value as number) % n);
            const order = { mode: 'controlled', seed: 0, strategy: replay, moves: compact(moves) } as const;
            const { outcome } = bench.play(order);
            expect(outcome.ending, textOf(program)).toBe(ending);
            expect(difference(bench, program, outcome, seen), textOf(program)).toBeUndefined();
          }
        }),
        { numRuns: 150 },
      );
    });
  });

  it('these laws were about every operation, done and given up, and about runs that end well and badly', () => {
    const found = [...seen.keys()];
    for (const { on, name, span, giveUp, ofDeath } of operations) {
      if (on === 'process' || ofDeath) continue; // nobody dies here: test/laws/faults.test.ts
      // No table says what the kernel does, and those of what has no attempt to try are held with it: test/ipc
      if (span === 'kernel' || on.startsWith('pthread')) continue;
      if (on === 'buffer') continue; // of total store order: test/model/total-store-order.test.ts
      expect(
        found.some((what) => what.startsWith(`${on} ${name}`)),
        `${on} ${name}`,
      ).toBe(true);
      if (giveUp) expect(found).toContain(`${on} ${name} given up`);
      if (giveUp || name.startsWith('try')) expect(found).toContain(`${on} ${name} 1`);
      if (name.startsWith('try')) expect(found).toContain(`${on} ${name} 0`);
    }
    for (const misused of [
      'mutex unlock',
      'mutex consistent',
      'rwlock unlock',
      'latch countDown',
      'channel send',
      'channel sent',
      'channel close',
      'semaphore post',
      'world misuse',
    ])
      expect(found).toContain(`${misused}!`);
    const runs = ['FINISHED', 'DEADLOCK', 'MISUSE'].map((ending) => seen.get(ending) ?? 0);
    for (const n of runs) expect(n / (runs[0] + runs[1] + runs[2])).toBeGreaterThan(0.03);
  });

  it.each<[string, Thing, Thing, string]>([
    [
      'a semaphore that hands a unit to the wrong one',
      { kind: 'semaphore', initial: 0, strength: 'fifo' },
      { kind: 'semaphore', initial: 0, strength: 'handoff' },
      'wait|post',
    ],
    [
      'a semaphore with a unit too many',
      { kind: 'semaphore', initial: 1, strength: 'barging' },
      { kind: 'semaphore', initial: 0, strength: 'barging' },
      'wait|post',
    ],
    [
      'a latch that opens too late',
      { kind: 'latch', count: 2 },
      { kind: 'latch', count: 1 },
      'wait|countDown',
    ],
    [
      'an event that does not reset itself',
      { kind: 'event', set: true, automatic: false },
      { kind: 'event', set: true, automatic: true },
      'tryWait|set',
    ],
    [
      'a condition that wakes without a signal',
      { kind: 'condition', spurious: 1 },
      { kind: 'condition', spurious: 0 },
      'wait|signal',
    ],
    [
      'a cell that rounds',
      { kind: 'cell', of: 'int32', length: 1, initial: 0 },
      { kind: 'cell', of: 'float64', length: 1, initial: 0 },
      'write|read',
    ],
  ])('a table that is wrong in one row is found: %s', async (_, real, believed, calls) => {
    const mutex = { kind: 'mutex' } as const;
    const [first, second] = calls.split('|');
    const one = (call: string) =>
      real.kind === 'condition'
        ? [
            {
              thing: 1,
              call: 'lock',
              given: [],
              body: [
                { thing: 0, call, given: call === 'wait' ? [1] : [] },
                { thing: 1, call: 'unlock', given: [] },
              ],
            },
          ]
        : [{ thing: 0, call, given: call === 'write' ? [1.5] : [] }];
    const processes = [one(first), one(first), [...one(second), ...one(second)]];
    const program = (thing: Thing): Program => ({ things: [thing, mutex], processes });
    expect(await differences(program(real), program(believed))).not.toEqual([]);
    expect(await differences(program(real))).toEqual([]);
  });
});

const ENOUGH = 3_000;

describe('in a free run', () => {
  const free = (seed: number): Outcome => {
    const noise = seed % 3 === 1;
    return bench.play({ mode: 'free', seed, strategy: uniform, noise, together: seed % 4 === 2 }).outcome;
  };

  it("nothing comes out that the tables do not allow, under any of the kernel's schedules", async () => {
    let wide = 0;
    const endings = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(tiny, async (program) => {
        const can = possible(program, 5_000);
        if (can === undefined) return;
        if (can.size > 1) wide++;
        await enter(program);
        bench.spread(true);
        for (let seed = 0; seed < 12; seed++) {
          const outcome = free(seed);
          endings.set(outcome.ending, (endings.get(outcome.ending) ?? 0) + 1);
          const came = cameToFree(bench, program.processes.length, outcome);
          expect([...can], `${came}\n${textOf(program)}`).toContain(came);
        }
      }),
      { numRuns: 100 },
    );
    expect(wide, 'programs that can come to more than one thing').toBeGreaterThan(8);
    for (const ending of [Ending.FINISHED, Ending.DEADLOCK, Ending.MISUSE])
      expect(endings.get(ending) ?? 0).toBeGreaterThan(10);
  });

  it('no wake-up is lost: what cannot deadlock ends, thousands of times', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(tiny, async (program) => {
        const can = runs < ENOUGH ? possible(program, 5_000) : undefined;
        if (can === undefined || [...can].some((came) => !came.startsWith('FINISHED'))) return;
        await enter(program);
        bench.spread(true);
        for (let seed = 0; seed < 40; seed++) {
          runs++;
          expect(free(seed).ending, textOf(program)).toBe(Ending.FINISHED);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(runs).toBeGreaterThanOrEqual(ENOUGH);
  });

  describe('an index outside an array', () => {
    const outside: Program = {
      things: [
        { kind: 'array', of: 'int32', length: 1, initial: 7 },
        { kind: 'array', of: 'float64', length: 2, initial: 7 },
        { kind: 'mutex' },
      ],
      processes: [
        [
          { thing: 0, call: 'set', given: [1, 9] },
          { thing: 1, call: 'set', given: [2, 9] },
        ],
      ],
    };
    const order = { mode: 'free', seed: 1, strategy: uniform } as const;

    it('touches nothing else at full speed, where arrays are bare', async () => {
      await enter(outside);
      bench.play(order);
      expect(bench.play(order).outcome.ending).toBe(Ending.FINISHED);
      expect(memoryOf(bench)).toEqual([[7], [7, 7], [0]]);
    });
    it('is misuse where there is noise, whatever the run before was like', async () => {
      await enter(outside);
      for (const noise of [true, true, false, true, true]) {
        const { ending, by } = bench.play({ ...order, noise }).outcome;
        if (noise) expect({ ending, by }).toEqual({ ending: Ending.MISUSE, by: 0 });
      }
    });
  });

  it('the possible outcomes are all that there are, and no more', () => {
    const increment = [{ thing: 0, call: 'increment', given: [] }];
    const twice: Program = {
      things: [{ kind: 'cell', of: 'int32', length: 1, initial: 0 }],
      processes: [increment, increment],
    };
    expect([...(possible(twice, 1_000) as Set<string>)].sort()).toEqual([
      'FINISHED [[[0],[0]],[[1]]]',
      'FINISHED [[[0],[4]],[[2]]]',
      'FINISHED [[[4],[0]],[[2]]]',
    ]);
    const call = (thing: number, name: string) => ({ thing, call: name, given: [] });
    const circle: Program = {
      things: [{ kind: 'mutex' }, { kind: 'mutex' }],
      processes: [
        [call(0, 'lock'), call(1, 'lock'), call(1, 'unlock'), call(0, 'unlock')],
        [call(1, 'lock'), call(0, 'lock'), call(1, 'unlock'), call(1, 'unlock')],
      ],
    };
    expect([...(possible(circle, 1_000) as Set<string>)].sort()).toEqual([
      'DEADLOCK [[[],[]],[[1],[2]]]',
      'MISUSE by 1',
    ]);
    expect(possible(twice, 3)).toBeUndefined();
  });
});
