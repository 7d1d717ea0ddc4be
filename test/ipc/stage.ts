// Kernel objects between real processes, for tests: a workbench whose problem allows them, and what its runs came to.
import { readdirSync, readlinkSync } from 'node:fs';
import { digest } from '../../harness/check/digest.ts';
import { executed } from '../../harness/check/executed.ts';
import { eachEvent, KILLED } from '../../harness/check/run-view.ts';
import { playersOf, stepInWords } from '../../harness/check/words.ts';
import type { Played } from '../../harness/hunt/session.ts';
import { RECORD_WORDS } from '../../harness/process/control.ts';
import type { Order } from '../../harness/process/order.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { NOT_YET } from '../../harness/shared/kernel.ts';
import { records, solution, TOLD, Workbench, workbench } from '../workbench.ts';

/** A run: how it ended, and what each process told, in the order in which it did. */
export interface Ran extends Played {
  readonly told: readonly (readonly number[])[];
  /** The same of all processes, one after the other as they came. */
  readonly all: readonly number[];
  /** Processes that the schedule has killed. */
  readonly killed: readonly number[];
}

export class Stage extends Workbench {
  #processes = 0;

  /** @param allowed kinds of kernel objects that the problem allows, and what it says besides */
  constructor(...allowed: readonly (string | { readonly besides: string })[]) {
    const mechanisms = allowed.filter((kind) => typeof kind === 'string');
    const besides = allowed.map((more) => (typeof more === 'string' ? '' : more.besides)).join('');
    super(`mechanisms: ${JSON.stringify(mechanisms)}, ${besides}`);
  }

  /** Loads a solution in which each process does `worker`; there `shared` and `me` are known. */
  async load(share: string, worker: string, processes = 2): Promise<void> {
    this.#processes = processes;
    await this.use(solution(share, worker), { processes });
  }

  ran(order: Order): Ran {
    const played = this.play(order);
    const told: number[][] = Array.from({ length: this.#processes }, () => []);
    const all: number[] = [];
    const killed: number[] = [];
    eachEvent(this.seen(order.mode, played.outcome), (p, event, value) => {
      if (event === KILLED) {
        killed.push(p);
        return false;
      }
      told[p].push(value / TOLD);
      all.push(value / TOLD);
      return false;
    });
    return { ...played, told, all, killed };
  }

  controlled(seed: number): Ran {
    return this.ran({ mode: 'controlled', seed, strategy: uniform });
  }

  free(seed = 0): Ran {
    return this.ran({ mode: 'free', seed, strategy: uniform });
  }

  /** Plays the controlled run just played once more, by what it did; says where that differs. */
  replayed({ outcome }: Ran): string | undefined {
    const moves = executed(this.seen('controlled', outcome));
    const before = records(this, outcome);
    const exact = digest(this.seen('controlled', outcome)).exact;
    const again = this.play({ mode: 'controlled', seed: 0, strategy: replay, moves }).outcome;
    if (again.ending !== outcome.ending) return `it ended with ${again.ending}, not ${outcome.ending}`;
    const after = records(this, again);
    const word = before.findIndex((w, i) => after[i] !== w);
    if (word >= 0 || after.length !== before.length)
      return `step ${Math.floor(word / RECORD_WORDS) + 1} differs`;
    return digest(this.seen('controlled', again)).exact === exact ? undefined : 'its digest differs';
  }

  /** How many steps of a controlled run just played had to wait. */
  waits({ outcome }: Ran): number {
    const { trace } = this.seen('controlled', outcome);
    let n = 0;
    for (let i = 0; i < outcome.steps; i++) if (trace[i * RECORD_WORDS + Field.RESULT] === NOT_YET) n++;
    return n;
  }

  /** The steps of the run by this schedule, in words. */
  steps(schedule: string): string[] {
    const { moves } = parse(schedule);
    const { outcome } = this.play({ mode: 'controlled', seed: 0, strategy: replay, moves });
    const view = this.seen('controlled', outcome);
    const players = playersOf(workbench, { processes: this.#processes });
    return Array.from({ length: outcome.steps }, (_, step) => {
      const { text } = stepInWords(workbench, players, view.objects, view.trace, view.doubles, step);
      return `${'abcdefgh'[view.trace[step * RECORD_WORDS]]}: ${text}`;
    });
  }

  /** What every worker, and this process, has open: number and file of each descriptor. */
  openFiles(): string[][] {
    return [...this.team.pids, process.pid].map(openIn);
  }
}

/** What process `pid` has open, but for what vitest and the lookup itself come and go with. */
function openIn(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [`${fd} ${readlinkSync(`/proc/${pid}/fd/${fd}`)}`];
    } catch {
      return []; // the descriptor of the look itself
    }
  });
}
