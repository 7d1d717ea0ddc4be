// A referee for kill tests: plays subjects as it is told, and goes on when its workers are killed.
import { dieWith } from '../../harness/os/death.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, Workbench } from '../../test/workbench.ts';
import { kinds, subjects } from './subjects.ts';

/** What the command asks for: runs for so long, and so many at least. */
export interface PlayOrder {
  /** Its place in `subjects`. */
  readonly subject: number;
  readonly mode: 'controlled' | 'free';
  readonly milliseconds: number;
  readonly runs: number;
  readonly seed: number;
}

export interface PlayResult {
  readonly runs: number;
  /** Runs in which a worker was lost. */
  readonly lost: number;
  /** What was said of runs, all of them of right solutions. */
  readonly wrong: readonly string[];
  /** What was thrown: the lab's own fault. */
  readonly error?: string;
}

dieWith(Number(process.argv[2]));
const bench = new Workbench(`mechanisms: ${JSON.stringify(kinds)},`);
let loaded = -1;

async function play({ subject, mode, milliseconds, runs, seed }: PlayOrder): Promise<PlayResult> {
  const until = performance.now() + milliseconds;
  const wrong: string[] = [];
  let n = 0;
  let lost = 0;
  try {
    await bench.ready();
    if (loaded !== subject) {
      loaded = -1;
      const { share, worker } = subjects[subject];
      await bench.use(solution(share, worker), { processes: 2 });
      loaded = subject;
    }
    for (; n < runs || performance.now() < until; n++) {
      const { outcome, judgement } = bench.play({ mode, seed: seed + n, strategy: uniform });
      if (outcome.lost !== undefined) lost++;
      else if (judgement !== undefined) wrong.push(`${judgement.kind} (${judgement.detail ?? ''})`);
      await bench.ready();
    }
    return { runs: n, lost, wrong };
  } catch (e) {
    return { runs: n, lost, wrong, error: (e as Error).stack ?? String(e) };
  }
}

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async (order: PlayOrder) => {
  process.send?.(await play(order));
});
