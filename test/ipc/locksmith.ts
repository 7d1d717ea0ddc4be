// A workbench for kernel objects, and what tests of them ask of a run.
import { readdirSync, readFileSync } from 'node:fs';
import { executed } from '../../harness/check/executed.ts';
import { eachEvent } from '../../harness/check/run-view.ts';
import { playersOf, stepInWords } from '../../harness/check/words.ts';
import type { Played } from '../../harness/hunt/session.ts';
import { Ending, RECORD_WORDS } from '../../harness/process/control.ts';
import type { Outcome } from '../../harness/process/team.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, TOLD, Workbench, workbench } from '../workbench.ts';

/** Steps of a run, about: kills are drawn among so many. */
const LENGTH = 20;

export class KernelBench extends Workbench {
  #processes = 0;

  constructor(mechanisms: readonly string[], more = '') {
    super(`mechanisms: ${JSON.stringify(mechanisms)}, ${more}`);
  }

  /** Loads a solution that consists of `share` and what each worker does. */
  async plays(processes: number, share: string, worker: string): Promise<void> {
    this.#processes = processes;
    await this.use(solution(share, worker), { processes });
  }

  /** A controlled run under a random schedule. */
  controlled(seed: number): Played {
    return this.play({ mode: 'controlled', seed, strategy: uniform, length: LENGTH });
  }

  /** A free run. One that is cut short since the machine is slow shows nothing, and is played again. */
  free(seed: number, noise = true): Played {
    for (;;) {
      const played = this.play({ mode: 'free', seed, strategy: uniform, noise });
      if (played.outcome.ending !== Ending.CUT || this.team.broken) return played;
    }
  }

  /** What is told in controlled runs under several schedules and in free runs; each run tells its values in rising order. */
  async tellings(runs = 10): Promise<Set<string>> {
    const all = new Set<string>();
    for (let seed = 1; seed <= runs; seed++) {
      for (const mode of ['controlled', 'free'] as const) {
        const { outcome, judgement } = this[mode](seed);
        const told = this.told(mode, outcome).sort((a, b) => a - b);
        await this.ready();
        all.add(judgement === undefined ? told.join(' ') : `${judgement.kind}: ${judgement.detail}`);
      }
    }
    return all;
  }

  /** The steps of the controlled run just played: `a: s.wait()`. */
  steps(outcome: Outcome): string[] {
    const view = this.seen('controlled', outcome);
    const players = playersOf(workbench, { processes: this.#processes });
    return Array.from({ length: outcome.steps }, (_, step) => {
      const { text } = stepInWords(workbench, players, view.objects, view.trace, view.doubles, step);
      return `${'abcdefgh'[view.trace[step * RECORD_WORDS + Field.PROCESS]]}: ${text}`;
    });
  }

  /** What has been told in the run just played, by whoever did, in order. */
  told(mode: 'controlled' | 'free', outcome: Outcome): number[] {
    const values: number[] = [];
    eachEvent(this.seen(mode, outcome), (_process, _event, value) => {
      values.push(value / TOLD);
      return false;
    });
    return values;
  }

  /** Digest of the controlled run just played, and that of the same moves, played again. */
  twice(outcome: Outcome): [number, number] {
    const first = this.digest(outcome).exact;
    const moves = executed(this.seen('controlled', outcome));
    const again = this.play({ mode: 'controlled', seed: 0, strategy: replay, moves, exact: true });
    return [first, this.digest(again.outcome).exact];
  }

  /** What each process of the team has of the system: descriptors and mappings. */
  get resources(): number[][] {
    return this.team.pids.map((pid) => [
      readdirSync(`/proc/${pid}/fd`).length,
      readFileSync(`/proc/${pid}/maps`, 'utf8').match(/memfd:interleave|\/dev\/shm/g)?.length ?? 0,
    ]);
  }
}

/** Sets of System V semaphores, and names in /dev/shm, that the referee in this process has left in the system. */
export const leftovers = (): string[] => [
  ...readFileSync('/proc/sysvipc/sem', 'utf8')
    .split('\n')
    .filter(
      (line) => Number(line.trim().split(/\s+/)[0]) >>> 6 === ((0x1ea << 14) | (process.pid % 2 ** 14)),
    ),
  ...readdirSync('/dev/shm').filter((name) => name.includes(`interleave-${process.pid}-`)),
];
