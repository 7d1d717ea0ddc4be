// One item of the hunt: so many schedules of one case. fast-check draws them and, when one fails, shrinks it.
import fc from 'fast-check';
import { explain } from '../check/explain.ts';
import type { Finding } from '../check/finding.ts';
import { processesOf } from '../problem/case.ts';
import type { Case } from '../problem/problem.ts';
import { Ending } from '../process/control.ts';
import type { Order } from '../process/order.ts';
import type { Outcome } from '../process/team.ts';
import { parking } from '../schedule/parking.ts';
import { pct } from '../schedule/pct.ts';
import { lenientReplay } from '../schedule/replay.ts';
import { roundRobin } from '../schedule/round-robin.ts';
import { uniform } from '../schedule/uniform.ts';
import { type Mix, ScheduleArbitrary, type Trial } from './schedule-arbitrary.ts';
import type { Failure, Played, Session } from './session.ts';

/** So many schedules of a case. */
export interface Item {
  readonly case: Case;
  readonly schedules: number;
  readonly seed: number;
  /** `all` hunts for bugs; `parking` looks for witnesses. Default `all`. */
  readonly strategies?: 'all' | 'parking';
  /** Whether a failing schedule is shrunk. Default true. */
  readonly shrink?: boolean;
  /** Only this finding counts: where smaller cases are searched for one that is known. */
  readonly key?: string;
}

export interface ItemResult {
  readonly schedules: number;
  readonly steps: number;
  /** Digests of the traces, blind to the order of independent steps. */
  readonly traces: readonly number[];
  /** Witnesses that were reached in this case so far. */
  readonly seen: readonly string[];
  readonly wanted: readonly string[];
  readonly failure?: Failure;
  readonly strategy?: string;
  /** The first run with a data race and no damage. It does not end the item: damage says more. */
  readonly race?: { readonly failure: Failure; readonly strategy: string };
  /** A finding that cannot be replayed by a schedule: the process dies. */
  readonly finding?: Finding;
}

const mixes: Readonly<Record<'all' | 'parking', Mix>> = {
  all: [
    [uniform, 9],
    [pct, 6],
    [roundRobin, 2],
    [parking, 3],
  ],
  parking: [
    [parking, 3],
    [pct, 1],
  ],
};

/** What shrinking may cost, in short runs: a long run counts as many, and so does a loop that has to be counted out. */
const SHRINK_COST = 6_000;
const costOf = ({ ending, steps }: Outcome): number =>
  1 + steps / 200 + (ending === Ending.ENDLESS ? 400 : 0);

/** Plays one item. */
export async function hunt(session: Session, item: Item): Promise<ItemResult> {
  await session.ready();
  await session.enter(item.case);
  const traces = new Set<number>();
  let schedules = 0;
  let steps = 0;
  let length = 0;
  let best: Failure | undefined;
  let strategy: string | undefined;
  let race: ItemResult['race'];
  let dead: { order: Order; outcome: Outcome } | undefined;
  let trouble: unknown;
  let shrinkCost = 0;

  const orderOf = (t: Trial): Order => ({
    mode: 'controlled',
    seed: t.seed,
    world: t.world,
    strategy: t.strategy,
    length,
    ...(t.moves && { moves: t.moves }),
  });

  const holds = (t: Trial): boolean => {
    if (dead !== undefined || trouble !== undefined) return true;
    const shrinking = best !== undefined;
    if (shrinking && (shrinkCost > SHRINK_COST || session.team.broken)) return true;
    const order = orderOf(t);
    let played: Played;
    try {
      played = session.play(order);
    } catch (e) {
      trouble = e; // the lab's own; fast-check would take it for a failing property
      return true;
    }
    if (played.outcome.lost) {
      if (!shrinking) dead = { order, outcome: played.outcome };
      return shrinking;
    }
    if (shrinking) shrinkCost += costOf(played.outcome);
    else {
      schedules++;
      steps += played.outcome.steps;
      traces.add(session.digest(played.outcome).order);
      length = Math.max(length, played.outcome.steps);
    }
    if (played.judgement === undefined) return true;
    const f = session.failure(played, t.world);
    if (item.key !== undefined && f.key !== item.key) return true;
    if (played.judgement.kind === 'race' && item.key === undefined) {
      race ??= { failure: f, strategy: t.strategy.name };
      return true;
    }
    if (best !== undefined) {
      if (f.key !== best.key) return true;
      if (f.switches > best.switches || (f.switches === best.switches && f.steps >= best.steps)) return true;
    } else strategy = t.strategy.name;
    best = f;
    t.failed = {
      moves: f.moves,
      switches: f.switches,
      steps: f.steps,
      processes: processesOf(session.problem, session.case),
    };
    return false;
  };

  fc.check(fc.property(new ScheduleArbitrary(mixes[item.strategies ?? 'all'], lenientReplay), holds), {
    numRuns: item.schedules,
    seed: item.seed,
    endOnFailure: item.shrink === false,
  });

  if (trouble !== undefined) throw trouble;

  const so = (): Omit<ItemResult, 'failure'> => ({
    schedules,
    steps,
    traces: [...traces],
    seen: [...session.judge.specification.seen],
    wanted: session.judge.specification.wanted,
    ...(race && { race }),
  });
  if (dead !== undefined) {
    const { order, outcome } = dead as { order: Order; outcome: Outcome };
    const judgement = await session.confirm(order, outcome);
    if (judgement === undefined) {
      // Not the solution's fault: the rest of the item is played as if nothing had happened.
      const rest = item.schedules - schedules - 1;
      if (rest <= 0) return so();
      const more = await hunt(session, { ...item, schedules: rest, seed: item.seed + 1 });
      return {
        ...more,
        schedules: more.schedules + schedules + 1,
        steps: more.steps + steps,
        ...(race && { race }),
      };
    }
    const found = { strategy: order.strategy.name, seed: order.world ?? 0 };
    const finding = explain(
      session.problem,
      session.case,
      session.view('controlled', outcome),
      judgement,
      found,
    );
    await session.ready();
    return { ...so(), finding, strategy: order.strategy.name };
  }
  return { ...so(), ...(best && { failure: best }), ...(strategy && { strategy }) };
}
