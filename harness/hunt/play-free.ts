// Free runs of one case: full speed, on all processors, or pinned and disturbed to see other orders.
import { explain } from '../check/explain.ts';
import type { Finding } from '../check/finding.ts';
import { pin } from '../os/affinity.ts';
import type { Case } from '../problem/problem.ts';
import { Ending } from '../process/control.ts';
import { uniform } from '../schedule/uniform.ts';
import type { Session } from './session.ts';

/** A free run was slow, perhaps because it sleeps a lot. */
const CUT_SHORT =
  'a free run took longer than 4 seconds and was cut short: what it did until then is judged, its end is not';

export interface FreeOrder {
  readonly case: Case;
  readonly runs: number;
  readonly seed: number;
  /** Vary: noise in every second run, one processor in every third. Default false: full speed. */
  readonly vary?: boolean;
}

export interface FreeResult {
  readonly runs: number;
  /** Seconds of each run that ended well. */
  readonly seconds: readonly number[];
  readonly finding?: Finding;
}

/** Plays free runs until one of them breaks a rule. */
export async function playFree(
  session: Session,
  order: FreeOrder,
  processors: readonly number[],
): Promise<FreeResult> {
  await session.ready();
  await session.enter(order.case);
  const own = processors.slice(0, 1);
  const seconds: number[] = [];
  const setProcessors = (list: readonly number[]): void => {
    for (const pid of session.team.pids) pin(list, pid);
  };
  setProcessors(processors);
  try {
    for (let i = 0; i < order.runs; i++) {
      const noise = order.vary === true && i % 2 === 1;
      const together = order.vary === true && i % 3 === 2;
      if (order.vary) setProcessors(together ? own : processors);
      const began = performance.now();
      const run = {
        mode: 'free',
        seed: order.seed + i,
        world: (order.seed + i) & 0xffff,
        strategy: uniform,
        noise,
        together: together || processors.length === 1,
      } as const;
      const { outcome, judgement } = session.play(run);
      const took = (performance.now() - began) / 1000;
      const wrong = outcome.lost ? await session.confirm(run, outcome) : judgement;
      if (wrong) {
        const view = session.view('free', outcome);
        const finding = explain(session.problem, session.case, view, wrong, { strategy: 'free', seed: 0 });
        await session.ready();
        return { runs: i + 1, seconds, finding };
      }
      if (outcome.ending === Ending.CUT) {
        session.notes.add(CUT_SHORT);
        return { runs: i + 1, seconds }; // the others would take as long
      }
      if (!outcome.lost) seconds.push(took);
      if (session.team.broken) await session.ready();
    }
  } finally {
    if (!session.team.broken) setProcessors(own);
  }
  return { runs: order.runs, seconds };
}
