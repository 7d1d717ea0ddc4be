import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { racesIn } from '../../harness/check/races.ts';
import type { RunView } from '../../harness/check/run-view.ts';
import { RECORD_WORDS } from '../../harness/process/control.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { plainOperations } from '../../harness/sync/operations.ts';
import { solution, Workbench } from '../workbench.ts';
import { type Program, racePairs } from './race-pairs.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

const SCHEDULES = 25;

/** Whether two processes access the same element in this run, and one of them writes it. */
function conflicts({ trace, outcome }: RunView): boolean {
  const seen = new Map<string, { process: number; writes: boolean }[]>();
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS) {
    const operation = trace[at + Field.OPERATION];
    const writes = operation === plainOperations.write.code;
    if (!writes && operation !== plainOperations.read.code) continue;
    const key = `${trace[at + Field.OBJECT]} ${trace[at + Field.INDEX]}`;
    const before = seen.get(key) ?? [];
    const process = trace[at + Field.PROCESS];
    if (before.some((b) => b.process !== process && (b.writes || writes))) return true;
    seen.set(key, [...before, { process, writes }]);
  }
  return false;
}

/** How many schedules of `program` had such accesses, and in how many of them a race was found. */
async function tried({ share, processes }: Program): Promise<{ both: number; found: number }> {
  const text = processes.map((own, p) => `if (me.number === ${p}) { ${own} }`).join('\n');
  await bench.use(solution(`{ ${share} }`, `const s = shared;\n${text}`), { processes: processes.length });
  let both = 0;
  let found = 0;
  for (let seed = 0; seed < SCHEDULES; seed++) {
    const { outcome } = bench.play({ mode: 'controlled', seed, strategy: uniform });
    const view = bench.seen('controlled', outcome);
    if (conflicts(view)) both++;
    if (racesIn(view)) found++;
    await bench.ready();
  }
  return { both, found };
}

describe.each(racePairs.map((pair) => [pair.name, pair] as const))('%s', (_name, { racy, ordered }) => {
  it('races in every schedule in which both accesses happen', async () => {
    const { both, found } = await tried(racy);
    expect(both).toBeGreaterThan(0);
    expect(found).toBe(both);
  });
  it('does not race in any', async () => {
    expect((await tried(ordered)).found).toBe(0);
  });
});
