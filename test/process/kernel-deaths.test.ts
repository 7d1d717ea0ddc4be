// Processes that are killed with kernel objects open: the kernel closes what they had, and the others see that.
import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { eachEvent, KILLED } from '../../harness/check/run-view.ts';
import { playersOf, stepInWords } from '../../harness/check/words.ts';
import { Ending } from '../../harness/process/control.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, Workbench, workbench } from '../workbench.ts';

const bench = new Workbench("faults: { kills: 1 }, mechanisms: ['pipe'],");
afterAll(() => bench.close());

const READS_TO_THE_END = `
  const { reader, writer } = shared.p;
  if (me.number === 0) { writer.write(1); writer.write(2); return; }
  writer.close();
  for (let n = reader.readInt32(); n !== undefined; n = reader.readInt32()) me.tell(n);
  me.tell(9);
`;

/** What the steps of a run by this schedule say, of each process. */
async function told(worker: string, schedule: string, exact: boolean): Promise<string[]> {
  await bench.use(solution('{ p: pipe() }', worker), { processes: 2 });
  const { moves } = parse(schedule);
  const { outcome } = bench.play({ mode: 'controlled', seed: 0, strategy: replay, moves, exact });
  const view = bench.seen('controlled', outcome);
  const players = playersOf(workbench, { processes: 2 });
  const steps = Array.from({ length: outcome.steps }, (_, step) => {
    const { text } = stepInWords(workbench, players, view.objects, view.trace, view.doubles, step);
    return `${'abcd'[view.trace[step * 16]]}: ${text}`;
  });
  await bench.ready();
  return steps;
}

describe('a process that is killed with a pipe open', () => {
  it.each([false, true])('lets its reader see the end (really killed: %s)', async (exact) => {
    const steps = await told(READS_TO_THE_END, 'v1 a1 b4 c2 b5', exact);
    expect(steps).toEqual([
      'a: p.writer.write(4 bytes)',
      'b: p.writer.close()',
      'b: p.reader.read(4) → 4 bytes',
      'b: tells 1',
      'b: p.reader.read() has to wait',
      'c: is killed (SIGKILL) before p.writer.write()',
      'c: p: what it had open is closed',
      'b: p.reader.read(4) → the end',
      'b: tells 9',
      'b: p.reader.close()',
    ]);
  });
  it('leaves no descriptor behind, whoever drives when it dies', async () => {
    await bench.use(solution('{ p: pipe(), q: pipe() }', READS_TO_THE_END), { processes: 3 });
    const open = (): number[] => bench.team.pids.map((pid) => readdirSync(`/proc/${pid}/fd`).length);
    const before = open();
    let deaths = 0;
    for (let seed = 0; seed < 300; seed++) {
      const { outcome } = bench.play({ mode: 'controlled', seed, strategy: uniform, length: 20 });
      eachEvent(bench.seen('controlled', outcome), (_p, event) => {
        if (event === KILLED) deaths++;
        return false;
      });
    }
    expect(deaths).toBeGreaterThan(100);
    expect(open()).toEqual(before);
  });

  it('lets go of what it has open where its role had thrown, and its last steps were not taken yet', async () => {
    const worker = `const { p } = shared;
      if (me.number === 0) { me.tell(1); me.tell(2); throw new Error('ahead'); }
      p.writer.close();
      p.reader.read(4);`;
    await bench.use(solution('{ p: pipe() }', worker), { processes: 2 });
    const endings = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const { outcome } = bench.play({ mode: 'controlled', seed, strategy: uniform, length: 6 });
      const killed: number[] = [];
      eachEvent(bench.seen('controlled', outcome), (p, event) => {
        if (event === KILLED) killed.push(p);
        return false;
      });
      endings.add(`${killed} ${outcome.ending}`);
    }
    // Killed, it throws nothing any more, and its reader comes to the end.
    expect(endings).toContain(`0 ${Ending.FINISHED}`);
    expect(endings).not.toContain(`0 ${Ending.DEADLOCK}`);
    expect(endings).toContain(` ${Ending.CRASH}`);
  });
});
