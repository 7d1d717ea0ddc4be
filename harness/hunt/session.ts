// One team at work on one solution: enters cases, plays runs, judges them. Everything of the hunt that happens in a
// referee goes through here.

import { audit } from '../check/audit.ts';
import { type Digest, digest } from '../check/digest.ts';
import { type Judge, judgeOf } from '../check/judge.ts';
import type { Judgement } from '../check/judgement.ts';
import { type RunView, viewOf } from '../check/run-view.ts';
import { LabError } from '../check/verdict.ts';
import { processesOf } from '../problem/case.ts';
import { problemOf, programOf } from '../problem/catalogue.ts';
import { faultsOf } from '../problem/faults.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import { Ending } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import type { Order } from '../process/order.ts';
import { type Outcome, Team } from '../process/team.ts';
import { type Failure, failureOf } from './failure.ts';
import type {
  ModelOrder,
  ModelResult,
  ProofOrder,
  ProofResult,
  RunDigest,
  RunsOrder,
  ShrinkResult,
} from './model-orders.ts';

/** A run that was played and judged. */
export interface Played {
  readonly outcome: Outcome;
  readonly judgement: Judgement | undefined;
}

/** Milliseconds that the model may take for one case. */
const MODEL_LIMIT = 10_000;

/** The solution's process was ended by something that did not happen again: not the student's fault. */
export const ENDED_FROM_OUTSIDE =
  'a worker process was ended from outside and replaced; the run was repeated';

export class Session {
  readonly team = new Team();
  problem!: AnyProblem;
  case: Case = {};
  judge!: Judge;
  objects: ObjectNames = [];
  readonly notes = new Set<string>();
  #processes = 0;
  #modelled = false;
  #judges = new Map<string, Judge>();

  /** Loads a compiled solution. Throws BadInput where it does not fit the problem. */
  async open(slug: string, code: string, workers = 2, twin?: string): Promise<void> {
    this.problem = await problemOf(slug);
    this.forget();
    this.notes.clear();
    this.#modelled = twin !== undefined;
    const programs = { problem: await programOf(slug), solution: code, ...(twin && { twin }) };
    await this.team.load(programs, workers);
  }

  /** Forgets what it has seen of the solution: the next case is entered anew. */
  forget(): void {
    this.#judges.clear();
    this.case = {};
    this.objects = [];
  }

  /** Goes over to the case `c`. */
  async enter(c: Case): Promise<void> {
    if (this.case === c) return;
    this.#processes = processesOf(this.problem, c);
    await this.team.setCase(c, this.#processes);
    this.team.mechanisms = this.problem.mechanisms ?? [];
    this.team.buffered = this.problem.memory === 'tso';
    this.team.faults = faultsOf(this.problem, c);
    this.case = c;
    const key = JSON.stringify(c);
    let judge = this.#judges.get(key);
    if (judge === undefined) {
      judge = judgeOf(this.problem, c);
      this.#judges.set(key, judge);
    }
    this.judge = judge;
    this.objects = [];
    this.team.askForTable();
  }

  /**
   * Hunts in the model, for ten seconds at most. Undefined where the solution has none, or it did not survive: then
   * real processes hunt.
   */
  async model(order: Omit<ModelOrder, 'what' | 'from'>): Promise<ModelResult | undefined> {
    const until = performance.now() + MODEL_LIMIT;
    let so: ModelResult | undefined;
    for (let from = 0; ; ) {
      const more = await this.#askModel<ModelResult>({ what: 'hunt', ...order, from });
      if (more === undefined) return undefined;
      so = so === undefined ? more : joined(so, more);
      if (more.next === undefined) return so;
      if (performance.now() > until) {
        this.notes.add(
          'some cases were hunted less than planned, since their runs take long: the roles take many steps, or compute for long between them, or the machine is busy',
        );
        return so;
      }
      from = more.next;
    }
  }

  /** Plays every run of the case in the model. */
  prove(order: Omit<ProofOrder, 'what'>): Promise<ProofResult | undefined> {
    return this.#askModel<ProofResult>({ what: 'prove', ...order });
  }

  /** The simplest form of `failure`, found in the model; undefined where there is none. */
  async shrink(failure: Failure): Promise<Failure | undefined> {
    const found = await this.#askModel<ShrinkResult>({ what: 'shrink', failure });
    return found?.failure;
  }

  /** Plays certain runs of the case in the model. */
  runs(runs: RunsOrder['runs']): Promise<(RunDigest[] & { unmodelled?: string }) | undefined> {
    return this.#askModel({ what: 'runs', runs });
  }

  async #askModel<R extends { unmodelled?: string }>(order: unknown): Promise<R | undefined> {
    if (!this.#modelled) return undefined;
    await this.ready();
    const result = (await this.team.model(order)) as R | undefined;
    if (result === undefined) this.notModelled('its process did not survive it');
    else if (result.unmodelled !== undefined) this.notModelled(result.unmodelled);
    return result?.unmodelled === undefined ? result : undefined;
  }

  /** From now on real processes do all the hunting. */
  notModelled(why: string): void {
    this.#modelled = false;
    this.notes.add(`the solution was hunted on real processes only, since it cannot be modelled: ${why}`);
  }

  /** From now on real processes do all the hunting, since what they did was not what the model had done. */
  modelDiffers(): void {
    this.notModelled('its processes do not do what their models do');
  }

  /** Plays and judges one run. Blocks. Afterwards the team may be broken: see `confirm`. */
  play(order: Order): Played {
    const outcome = this.team.play(order);
    if (this.objects.length === 0) this.objects = this.team.objects();
    if (outcome.lost) return { outcome, judgement: undefined };
    if (outcome.refused !== undefined) {
      const detail = `this problem is not about it: it is to be solved without a ${outcome.refused}`;
      return { outcome, judgement: { kind: 'forbidden', rule: outcome.refused, detail } };
    }
    const view = this.view(order.mode, outcome);
    if (order.mode === 'controlled' && this.objects.length > 0) this.#audit(view);
    return { outcome, judgement: this.judge.judge(view) };
  }

  #audit(view: RunView): void {
    const contradiction = audit(view);
    if (contradiction === undefined) return;
    throw new LabError(
      `the trace of a run contradicts itself (${contradiction}): either shared memory was changed past the gate, or the lab has a defect. No verdict is given.`,
    );
  }

  /** The run just played, for judges. */
  view(mode: Order['mode'], outcome: Outcome): RunView {
    return viewOf(this.team, mode, outcome, this.#processes, this.objects);
  }

  /** Digests of the controlled run just played. */
  digest(outcome: Outcome): Digest {
    return digest(this.view('controlled', outcome));
  }

  /** What to remember of the failing controlled run just played. */
  failure(played: Played, world: number): Failure {
    return failureOf(this.view('controlled', played.outcome), played.judgement as Judgement, world);
  }

  /**
   * A worker died or hung in this run. Replaces it and plays the run once more: if it happens again it is the
   * solution's doing, and the judgement says so; if not, something else ended the process.
   */
  async confirm(order: Order, first: Outcome): Promise<Judgement | undefined> {
    const lost = first.lost as NonNullable<Outcome['lost']>;
    await this.team.howEnded(lost.process);
    await this.team.mend();
    const { outcome, judgement } = this.play({ ...order, exact: true });
    if (outcome.lost && outcome.ending === Ending.STOPPED) {
      const how = await this.team.howEnded(outcome.lost.process);
      const { process } = outcome.lost;
      const { line, column } = this.view(order.mode, outcome).position(process);
      await this.team.mend();
      if (outcome.lost.how === 'hangs')
        return { kind: 'non-terminating', detail: 'call', process, line, column };
      return { kind: 'crash', detail: `its process was ended by ${inWords(how)}`, process, line, column };
    }
    // Where others ended the run again, before it was seen that one had died, that is what there is to tell.
    const told = outcome.lost ? this.judge.judge(this.view(order.mode, outcome)) : judgement;
    if (this.team.broken) await this.team.mend();
    if (!outcome.lost) this.notes.add(ENDED_FROM_OUTSIDE);
    return told;
  }

  /** Replaces workers where that is needed before the next run. */
  async ready(): Promise<void> {
    if (this.team.broken) await this.team.mend();
  }

  /** Ends the team. */
  async close(): Promise<void> {
    await this.team.dispose();
  }
}

function inWords(how: string): string {
  if (how === 'SIGABRT' || how === 'SIGTRAP' || how === 'exit code 134' || how === 'exit code 133') {
    return `${how}: most likely it ran out of memory. Look for a list that grows without end`;
  }
  if (how === 'SIGKILL') return 'SIGKILL: it used too much memory, or it went on after its run was over';
  return how;
}

/** What two parts of a hunt have come to, one after the other. */
const joined = (a: ModelResult, b: ModelResult): ModelResult => ({
  ...a,
  ...b,
  schedules: a.schedules + b.schedules,
  steps: a.steps + b.steps,
  traces: [...new Set([...a.traces, ...b.traces])],
  witnesses: [...a.witnesses, ...b.witnesses],
  ...(a.race && { race: a.race }),
});
