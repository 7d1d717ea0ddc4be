// The two steps of a failing run whose order decides. Steps of different processes on the same object conflict unless
// both only look; turning the order of two that follow each other on an object is the smallest change of a run that can
// matter (what partial-order reduction explores: Flanagan and Godefroid, POPL 2005). Here the latest are turned first,
// until a run passes.

import { executed } from '../check/executed.ts';
import { traceOf, waitingOf } from '../check/explain.ts';
import type { CriticalStep, Finding } from '../check/finding.ts';
import { operations, type RunView } from '../check/run-view.ts';
import { Ending, RECORD_WORDS } from '../process/control.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { lenientReplay } from '../schedule/replay.ts';
import { choice, compact, type Moves, print, take } from '../schedule/schedule.ts';
import { plainOperations } from '../sync/operations.ts';
import type { Session } from './session.ts';

/** Runs that may be played to find the pair. */
const REPLAYS = 100;
/** Milliseconds that it may take, so that nobody waits for it. */
const LIMIT = 300;

/** A step of the run, or one that a process still stood before when it ended. */
interface Step {
  readonly process: number;
  readonly object: number;
  readonly index: number;
  readonly observes: boolean;
  readonly event: boolean;
  readonly choice: number | undefined;
  /** Whether it was taken. */
  readonly taken: boolean;
}

/** The steps of a run that can be turned. A copy: another run is played over the view. */
function stepsOf(view: RunView): Step[] {
  const { trace } = view;
  const steps = Array.from({ length: view.outcome.steps }, (_, i): Step => {
    const at = i * RECORD_WORDS;
    const operation = operations[trace[at + Field.OPERATION]];
    const world = operation === plainOperations.event || operation === plainOperations.pause;
    return {
      process: trace[at + Field.PROCESS],
      object: world ? -1 : trace[at + Field.OBJECT],
      index: trace[at + Field.INDEX],
      observes: operation.observes === true,
      event: operation === plainOperations.event,
      choice: (trace[at + Field.BITS] & Bit.CHOSE) !== 0 ? trace[at + Field.SECOND] : undefined,
      taken: true,
    };
  });
  const stuck = new Set(waitingOf(view).map((w) => w.process));
  for (const s of view.standing()) {
    if (!stuck.has(s.process)) continue;
    const { process, object, index } = s;
    steps.push({ process, object, index, observes: false, event: false, choice: undefined, taken: false });
  }
  return steps;
}

/**
 * Pairs that follow each other on an object, the latest first; last those of events, which no object relates. The
 * first of a pair is among the `shown` steps; the second may be one that came, or would have come, too late.
 */
function* pairsOf(
  steps: readonly Step[],
  shown: number,
): Generator<readonly [first: number, second: number]> {
  const stuck = steps.flatMap((s, j) => (s.taken ? [] : [j])).reverse();
  const within = Array.from({ length: Math.max(0, shown - 1) }, (_, n) => shown - 1 - n);
  const late = steps.flatMap((s, j) => (s.taken && j >= shown ? [j] : []));
  const places = [...(late.length === 0 ? stuck : []), ...within, ...late, ...(late.length > 0 ? stuck : [])];
  for (const events of [false, true]) {
    for (const j of places) {
      const b = steps[j];
      if (events ? !b.event : b.object < 0) continue;
      for (let i = Math.min(j, shown) - 1; i >= 0; i--) {
        const a = steps[i];
        if (!a.taken || a.process === b.process) continue;
        const same = events ? a.event : a.object === b.object && a.index === b.index;
        if (!same || (a.observes && b.observes)) continue;
        yield [i, j];
        break;
      }
    }
  }
}

const entries = (steps: readonly Step[]): number[] =>
  steps.flatMap((s) =>
    s.choice === undefined ? [take(s.process, 1)] : [take(s.process, 1), choice(s.choice)],
  );

/** The run with step `j` before step `i`: its process goes on up to there first, then all others as they did. */
function turned(steps: readonly Step[], i: number, j: number): Moves[] {
  const { process } = steps[j];
  const between = steps.slice(i, j + 1);
  const first = [...steps.slice(0, i), ...between.filter((s) => s.process === process)];
  const rest = [...between.filter((s) => s.process !== process), ...steps.slice(j + 1)].filter(
    (s) => s.taken,
  );
  return [compact(entries([...first, ...rest])), compact(entries(first))];
}

/**
 * The critical pair of the failing controlled run that `session` has just played with positions, as `view`. Undefined
 * where turning no pair makes it pass. Plays other runs: afterwards `view` is no longer that run.
 * @param shown steps up to and with the one that broke the rule
 */
export async function criticalPair(
  session: Session,
  view: RunView,
  world: number,
  shown: number,
): Promise<Finding['critical']> {
  const steps = stepsOf(view);
  const trace = traceOf(session.problem, session.case, view);
  const waiting = waitingOf(view);
  const toldOf = (n: number): CriticalStep => {
    const { process, taken } = steps[n];
    const { text, location } = taken ? trace[n] : (waiting.find((w) => w.process === process) as never);
    return { step: taken && n < shown ? n + 1 : null, process, text, ...(location && { location }) };
  };
  const until = performance.now() + LIMIT;
  let played = 0;
  for (const [i, j] of pairsOf(steps, shown)) {
    for (const moves of turned(steps, i, j)) {
      if (played++ >= REPLAYS || performance.now() > until) return undefined;
      await session.ready(); // a process that does not let go of a run that is over is replaced
      const run = session.play({ mode: 'controlled', seed: 0, world, strategy: lenientReplay, moves });
      if (run.outcome.lost || run.outcome.ending === Ending.ENDLESS) {
        await session.ready();
        return undefined; // one of these costs more than all the others
      }
      if (run.judgement !== undefined || run.outcome.ending !== Ending.FINISHED) continue;
      const passing = executed(session.view('controlled', run.outcome));
      return { steps: [toldOf(i), toldOf(j)], schedule: print({ seed: world, moves: passing }) };
    }
  }
  return undefined;
}
