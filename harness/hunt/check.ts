// The main job: is this solution right? Controlled runs hunt for a schedule that breaks a rule; free runs show that
// it works at full speed. Everything that is reported can be replayed.
import type { Finding } from '../check/finding.ts';
import type { CheckRequest, FreeRuns, Progress, Verdict } from '../check/verdict.ts';
import type { Case } from '../problem/problem.ts';
import { huntControlled } from './controlled.ts';
import type { ItemResult } from './item.ts';
import { type Lead, lead } from './lead.ts';
import { casesToHunt, DEFAULT_SCHEDULES } from './plan.ts';
import { relocate } from './relocate.ts';

/** A hunt of a solution that computes a lot is cut short after so many seconds; others end long before. */
const DEFAULT_SECONDS = 60;
/** Free runs of each case, besides the one that measures the speed. */
const FREE_RUNS = 6;
/** Runs of the speed case that are measured. */
const SPEED_RUNS = 3;

/** Checks a solution. Throws BadInput; what goes wrong in the lab itself is thrown as LabError. */
export async function check(
  request: CheckRequest,
  onProgress: (p: Progress) => void = () => {},
): Promise<Verdict> {
  return lead(request.slug, request.file, request.teams, (l) => examine(request, l, onProgress));
}

/** Checks the solution that the teams of `l` have loaded. */
export async function examine(
  request: CheckRequest,
  l: Lead,
  onProgress: (p: Progress) => void = () => {},
): Promise<Verdict> {
  const { slug, file, only } = request;
  const tally = new Tally();
  const finding = only === 'free' ? undefined : await controlledPart(request, l, tally, onProgress);
  let free: FreeRuns = { runs: 0, perSecond: 0, unit: l.problem.speed.unit };
  let freeFinding: Finding | undefined;
  if (finding === undefined && only !== 'controlled') {
    ({ free, finding: freeFinding } = await freePart(request, l, onProgress, tally));
  }
  const found = finding ?? freeFinding;
  const notes = (await Promise.all(l.referees.map((r) => r.call('notes')))).flat();
  return {
    problem: slug,
    title: l.problem.title,
    file,
    seed: request.seed ?? 1,
    verdict: found ? 'rejected' : 'accepted',
    findings: found ? [relocate(l.compiled, found)] : [],
    explored: tally.explored(),
    free,
    notes: [...new Set(notes), ...tally.notes],
  } satisfies Verdict;
}

async function controlledPart(
  request: CheckRequest,
  l: Lead,
  tally: Tally,
  onProgress: (p: Progress) => void,
): Promise<Finding | undefined> {
  const planned = request.schedules ?? DEFAULT_SCHEDULES;
  const seconds = request.seconds ?? DEFAULT_SECONDS;
  const deadline = tally.began + seconds * 1000;
  let played = 0;
  // What was never played is not accepted, however long it takes: the first runs of a solution that hangs are not counted.
  const enough = (): boolean => played > 0 && performance.now() > deadline;
  const hunted = await huntControlled(l.referees, l.problem, {
    schedules: planned,
    all: request.schedules !== undefined,
    seed: request.seed ?? 1,
    ...(request.cases && { cases: request.cases }),
    enough,
    onItem: (result, item) => {
      played += result.schedules;
      onProgress({ phase: 'controlled', schedules: played, planned, case: item.case });
    },
    onResult: (result, item) => tally.add(result, item.case),
    onShrinking: (c) => onProgress({ phase: 'shrinking', schedules: played, planned, case: c }),
  });
  tally.stop();
  if (enough())
    tally.notes.push(
      `the hunt was cut short after ${seconds} seconds, with ${played} of ${planned} schedules tried: ${
        request.seconds === undefined
          ? 'runs take long, since the roles take many steps, or compute for long between them, or the machine is busy. Give more time with --seconds'
          : 'a bug may be missed that the rest would have found'
      }`,
    );
  if (hunted.finding) return hunted.finding;
  if (hunted.found === undefined) return undefined;
  const { item, result, player } = hunted.found;
  if (result.finding) return result.finding;
  if (result.failure === undefined) return undefined;
  return player.call('show', item.case, result.failure, result.strategy ?? 'random');
}

async function freePart(
  request: CheckRequest,
  l: Lead,
  onProgress: (p: Progress) => void,
  tally: Tally,
): Promise<{ free: FreeRuns; finding?: Finding }> {
  const { problem, referees } = l;
  const [referee] = referees;
  const seed = request.seed ?? 1;
  const cases = request.cases ?? casesToHunt(problem, seed).map((h) => h.case);
  // Enough processes to disagree, few enough for the machine.
  const chosen = [cases[0], cases[cases.length >> 1], cases.at(-1)].filter(
    (c, i, all) => all.indexOf(c) === i,
  );
  let runs = 0;
  for (const c of chosen as Case[]) {
    onProgress({ phase: 'free', schedules: tally.schedules, planned: tally.schedules, case: c });
    const result = await referee.call('free', { case: c, runs: FREE_RUNS, seed, vary: true });
    runs += result.runs;
    if (!result.finding && result.seconds.length < result.runs) {
      // Too slow to go on, let alone to measure: what it did is judged.
      return { free: { runs, perSecond: 0, unit: problem.speed.unit } };
    }
    if (result.finding)
      return { free: { runs, perSecond: 0, unit: problem.speed.unit }, finding: result.finding };
  }
  const speed = problem.speed;
  onProgress({ phase: 'free', schedules: tally.schedules, planned: tally.schedules, case: speed.case });
  // The first run is a warm-up; of the others the middle one is told.
  const measured = await referee.call('free', { case: speed.case, runs: 1 + SPEED_RUNS, seed });
  runs += measured.runs;
  const [, ...seconds] = measured.seconds;
  const middle = seconds.sort((a, b) => a - b)[seconds.length >> 1];
  const perSecond = middle ? speed.count(speed.case) / middle : 0;
  const free = { runs, perSecond: Math.round(perSecond), unit: speed.unit };
  return measured.finding ? { free, finding: measured.finding } : { free };
}

/** Counts what was explored. */
class Tally {
  readonly began = performance.now();
  readonly notes: string[] = [];
  schedules = 0;
  #steps = 0;
  #modelled = 0;
  readonly #proofs: { case: Case; traces: number; part: number }[] = [];
  #seconds: number | undefined;
  readonly #cases = new Set<string>();
  readonly #traces = new Set<string>();

  add(result: ItemResult, c: Case): void {
    const key = JSON.stringify(c);
    this.#cases.add(key);
    this.schedules += result.schedules;
    this.#steps += result.steps;
    this.#modelled += result.modelled ?? 0;
    if (result.proof !== undefined) this.#proofs.push({ case: c, ...result.proof });
    for (const trace of result.traces) this.#traces.add(`${key}${trace}`);
  }

  stop(): void {
    this.#seconds = (performance.now() - this.began) / 1000;
  }

  explored(): Verdict['explored'] {
    const seconds = this.#seconds ?? 0;
    return {
      cases: this.#cases.size,
      schedules: this.schedules,
      modelled: this.#modelled,
      traces: this.#traces.size,
      proved: this.#proofs.filter(({ part }) => part === 1).map(({ part: _, ...proved }) => proved),
      searched: this.#proofs.filter(({ part }) => part < 1),
      steps: this.#steps,
      seconds: Math.round(seconds * 1000) / 1000,
      perSecond: seconds > 0 ? Math.round(this.schedules / seconds) : 0,
    };
  }
}
