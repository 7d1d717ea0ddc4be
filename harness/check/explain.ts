// From a judgement and the run that shows it to a finding: plain data with names, words and positions. Positions
// are those of the compiled solution until the command maps them to the student's file.

import type { AnyProblem, Case } from '../problem/problem.ts';
import { RECORD_WORDS } from '../process/control.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { print } from '../schedule/schedule.ts';
import { deaths, operations } from '../sync/operations.ts';
import { isBlocked } from './blocked.ts';
import { executed, preemptions } from './executed.ts';
import type { Finding, Location, Player, TraceStep, Waiting } from './finding.ts';
import { guardOf } from './guard.ts';
import { cycleOf, holdersOf } from './holders.ts';
import type { Judgement } from './judgement.ts';
import { killedIn } from './killed.ts';
import { messageOf } from './message.ts';
import { raceHint, raceWords } from './race-words.ts';
import { racesIn } from './races.ts';
import { roundOf } from './round.ts';
import type { RunView } from './run-view.ts';
import { objectName, playersOf, standingInWords, stepInWords, withBuffers } from './words.ts';

/** File name of positions that are still those of the compiled solution. */
export const COMPILED = '';

const compiled = (line: number | undefined, column: number | undefined): Location | undefined =>
  line ? { file: COMPILED, line, column: column ?? 1 } : undefined;

/** The steps of a controlled run in words: the first `steps`, by default all. */
export function traceOf(
  problem: AnyProblem,
  c: Case,
  view: RunView,
  steps = view.outcome.steps,
): TraceStep[] {
  const players = playersOf(problem, c);
  if (view.mode === 'free') return [];
  return Array.from({ length: steps }, (_, i) => {
    const at = i * RECORD_WORDS;
    const mover = view.trace[at + Field.PROCESS];
    // Who kills is nobody to be shown: what it does is told of the process that is killed.
    const process = deaths[view.trace[at + Field.OPERATION]] === 1 ? mover % players.length : mover;
    const location = compiled(view.trace[at + Field.LINE], view.trace[at + Field.COLUMN]);
    return {
      step: i + 1,
      process,
      role: players[process % players.length].role,
      ...stepInWords(problem, players, view.objects, view.trace, view.doubles, i),
      ...(location && { location }),
      ...((view.trace[at + Field.BITS] & Bit.PREEMPTS) !== 0 && { preempts: true }),
    };
  });
}

/** Who could not go on at the end of the run. */
export function waitingOf(view: RunView): Waiting[] {
  return view
    .standing()
    .filter((s) => isBlocked(view, s))
    .map((s) => {
      const location = compiled(s.line, s.column);
      const { until } = operations[s.operation];
      const object = objectName(view.objects, s.object);
      return {
        process: s.process,
        text: standingInWords(view.objects, s),
        object,
        heldBy: holdersOf(view, s),
        ...(until && { end: `${object}.${until.split('.')[0]}` }),
        ...(location && { location }),
      };
    });
}

/** The race that `j` is about, in words, or one that the shown part of the run has besides. */
function raceOf(
  view: RunView,
  j: Judgement,
  players: readonly Player[],
  trace: readonly TraceStep[],
): string | undefined {
  if (j.kind === 'nondeterministic') return undefined;
  const race = racesIn(view);
  if (race === undefined || race.second >= trace.length) return undefined;
  const { first, second, object } = race;
  const x = { players, objects: view.objects, object, first: trace[first], second: trace[second] };
  if (j.kind !== 'race') return raceHint(x);
  return raceWords({ ...x, guard: guardOf(view, object, first, second) });
}

/** A finding of everything that is known of it. */
export function explain(
  problem: AnyProblem,
  c: Case,
  view: RunView,
  j: Judgement,
  found: { strategy: string; seed: number },
): Finding {
  const players = playersOf(problem, c);
  const stuck = ['deadlock', 'non-terminating', 'livelock', 'busy-waiting'].includes(j.kind);
  const object = j.object === undefined || j.object < 0 ? undefined : objectName(view.objects, j.object);
  const objectKind = j.object === undefined ? undefined : view.objects[j.object]?.kind;
  const controlled = view.mode === 'controlled';
  const loop = roundOf(view);
  const whole = traceOf(problem, c, view, loop && loop.from + loop.length);
  const location = j.kind === 'race' ? whole[j.step as number]?.location : compiled(j.line, j.column);
  const trace = j.step === undefined ? whole : whole.slice(0, j.step + 1);
  const goesRound = new Set(loop && whole.slice(loop.from).map((s) => s.process));
  const waiting = stuck ? waitingOf(view).filter((w) => !goesRound.has(w.process)) : [];
  const cycle =
    j.kind === 'deadlock' ? cycleOf(new Map(waiting.map((w) => [w.process, w.heldBy]))) : undefined;
  const inWords = controlled && problem.races !== 'allowed' ? raceOf(view, j, players, trace) : undefined;
  return {
    kind: j.kind,
    ...(j.rule !== undefined && { rule: j.rule }),
    message:
      messageOf(j, {
        problem,
        players,
        waiting,
        killed: killedIn(view),
        cycle,
        object,
        objectKind,
        switches: controlled ? preemptions(view) : undefined,
        race: inWords,
      }) + (j.kind === 'race' ? '' : (inWords ?? '')),
    case: c,
    schedule: controlled ? print({ seed: found.seed, moves: executed(view) }) : null,
    mode: view.mode,
    strategy: found.strategy,
    players: withBuffers(players, trace),
    steps: view.outcome.steps,
    switches: controlled ? (loop ? trace.filter((s) => s.preempts).length : preemptions(view)) : 0,
    trace,
    ...(loop && { loop: { from: loop.from + 1, to: loop.from + loop.length } }),
    waiting,
    ...(cycle && { cycle }),
    ...(j.process !== undefined && { process: j.process }),
    ...(j.kind === 'race' && { accesses: [(j.first as number) + 1, (j.step as number) + 1] as const }),
    ...(location && { location }),
    ...(j.stack && { stack: j.stack }),
  };
}
