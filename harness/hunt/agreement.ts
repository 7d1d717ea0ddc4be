// Whether the model does what real processes do: runs that they have played are played once more in the model, and
// must give the same trace, step by step. A solution that can tell one from the other, and is right in the model alone,
// differs here as soon as it does so in any of these runs.
import { digest } from '../check/digest.ts';
import { executed } from '../check/executed.ts';
import { Ending, type RunView } from '../check/run-view.ts';
import type { Case } from '../problem/problem.ts';
import type { Outcome } from '../process/team.ts';
import { mix } from '../schedule/generator.ts';
import { replay } from '../schedule/replay.ts';
import type { Moves } from '../schedule/schedule.ts';
import { strategies, strategyIndex, unprescribed } from '../schedule/strategies.ts';
import { worldOf } from './draw.ts';
import type { RunDigest } from './model-orders.ts';
import type { Session } from './session.ts';

/** A run that processes have played. */
export interface RealRun {
  readonly world: number;
  readonly moves: Moves;
  readonly outcome: Outcome;
  readonly exact: number;
}

/** Endings that say what the solution has done, not what became of its run. */
const told: readonly number[] = [Ending.FINISHED, Ending.DEADLOCK, Ending.MISUSE, Ending.CRASH];
/** Steps of the runs of one sample, at most: they are handed over as text. */
const MOST_STEPS = 50_000;

/** Some of the runs that processes play. */
export class Sample {
  readonly runs: RealRun[] = [];
  #steps = 0;

  /** Takes the controlled run just played, unless it is too long. */
  readonly take = (view: RunView, world: number): void => {
    const { ending, by, steps } = view.outcome;
    if (!told.includes(ending) || this.#steps + steps > MOST_STEPS) return;
    this.#steps += steps;
    this.runs.push({
      world,
      moves: executed(view),
      outcome: { ending, by, steps },
      exact: digest(view).exact,
    });
  };
}

/**
 * Whether the model of `session` does the same in all of `runs`, which are of the case that it is in. Undefined where
 * there is no answer: then the session has no model any more, and a note that says why.
 */
export async function agrees(session: Session, runs: readonly RealRun[]): Promise<boolean | undefined> {
  if (runs.length === 0) return true;
  const follow = strategyIndex(replay);
  const modelled = await session.runs(
    runs.map(({ world, moves }) => ({ strategy: follow, seed: 0, world, moves })),
  );
  return modelled?.every((m, i) => same(m, runs[i].outcome, runs[i].exact));
}

/** Runs that the model is asked for at once; loops without end take their time. */
const AT_ONCE = 22;

/** Of so many runs, those that differ: what they are, in words. */
export interface Compared {
  readonly played: number;
  readonly differing: readonly string[];
}

/** Plays schedules of all strategies, drawn by `seed`, in the model and on processes. Throws where there is no model. */
export async function compare(session: Session, c: Case, seed: number, count: number): Promise<Compared> {
  await session.ready();
  await session.enter(c);
  const drawn = unprescribed.map(strategyIndex);
  const runs = Array.from({ length: count }, (_, i) => ({
    strategy: drawn[i % drawn.length],
    seed: mix(Math.imul(seed, 0x9e3779b1) + i) & 0x7fffffff,
    world: worldOf(i),
  }));
  const modelled: RunDigest[] = [];
  for (let i = 0; i < count; i += AT_ONCE) {
    const some = await session.runs(runs.slice(i, i + AT_ONCE));
    if (some === undefined) throw new Error(`there is no model: ${[...session.notes].join('; ')}`);
    modelled.push(...some);
  }
  const differing: string[] = [];
  for (const [i, run] of runs.entries()) {
    await session.ready();
    const strategy = strategies[run.strategy];
    const { outcome } = session.play({ mode: 'controlled', ...run, strategy });
    if (outcome.lost) continue; // its process is gone, as that of a model would be: nothing to compare
    if (same(modelled[i], outcome, session.digest(outcome).exact)) continue;
    differing.push(`${strategy.name}, seed ${run.seed}, in world ${run.world} of ${JSON.stringify(c)}`);
  }
  return { played: count, differing };
}

const same = (m: RunDigest, { ending, by, steps }: Outcome, exact: number): boolean =>
  'exact' in m && m.exact === exact && m.ending === ending && m.by === by && m.steps === steps;
