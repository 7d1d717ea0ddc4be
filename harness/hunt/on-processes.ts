// Schedules of one case on real processes. fast-check draws them and, when one fails, shrinks it.
import fc from 'fast-check';
import { orderDigest } from '../check/digest.ts';
import { explain } from '../check/explain.ts';
import type { RunView } from '../check/run-view.ts';
import { processesOf } from '../problem/case.ts';
import { Ending } from '../process/control.ts';
import type { Order } from '../process/order.ts';
import type { Outcome } from '../process/team.ts';
import type { Profile } from '../schedule/profile.ts';
import { lenientReplay, replay } from '../schedule/replay.ts';
import { type Failure, isSimpler } from './failure.ts';
import type { Item, ItemResult } from './item.ts';
import { mixes } from './mixes.ts';
import { pilotOf } from './pilot.ts';
import { ScheduleArbitrary, type Trial } from './schedule-arbitrary.ts';
import type { Played, Session } from './session.ts';

/** What shrinking may cost, in short runs: a long run counts as many, and so does a loop that has to be counted out. */
const SHRINK_COST = 6_000;
const costOf = ({ ending, steps }: Outcome): number =>
  1 + steps / 200 + (ending === Ending.ENDLESS ? 400 : 0);

/** A failing schedule, and the strategy that found it. */
export interface Found {
  readonly failure: Failure;
  readonly strategy: string;
}

/** What has come of an item of which nothing was played. */
export const nothingPlayed = (session: Session): ItemResult => ({
  schedules: 0,
  steps: 0,
  traces: [],
  seen: [...session.judge.specification.seen],
  wanted: session.judge.specification.wanted,
});

/**
 * Plays one item, beginning with `first` where it is given: a schedule that fails in the model. Calls `each` for every
 * run that was played to hunt, and survived.
 */
export async function huntOnProcesses(
  session: Session,
  item: Item,
  first?: Found,
  each?: (view: RunView, world: number) => void,
): Promise<ItemResult> {
  await session.ready();
  await session.enter(item.case);
  const traces = new Set<number>();
  let schedules = 0;
  let steps = 0;
  let length = 0;
  let profile: Profile | undefined;
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
    profile,
    ...(t.moves && { moves: t.moves }),
  });

  const holds = (t: Trial): boolean => {
    if (dead !== undefined || trouble !== undefined || session.team.broken) return true;
    if (item.until !== undefined && session.judge.specification.seen.has(item.until)) return true;
    const shrinking = best !== undefined;
    if (shrinking && shrinkCost > SHRINK_COST) return true;
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
      const view = session.view('controlled', played.outcome);
      traces.add(orderDigest(view));
      length = Math.max(length, played.outcome.steps);
      profile ??= pilotOf(session.problem, session.case, view);
      each?.(view, t.world);
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
      if (!isSimpler(f, best)) return true;
    } else strategy = first?.strategy ?? t.strategy.name;
    best = f;
    t.failed = {
      moves: f.moves,
      switches: f.switches,
      steps: f.steps,
      processes: processesOf(session.problem, session.case),
      enough: () => shrinkCost > SHRINK_COST || session.team.broken,
    };
    return false;
  };

  const given = first && {
    strategy: replay,
    seed: 0,
    world: first.failure.world,
    moves: first.failure.moves,
  };
  const arbitrary = new ScheduleArbitrary(mixes[item.strategies ?? 'all'], lenientReplay, given);
  fc.check(fc.property(arbitrary, holds), {
    numRuns: item.schedules,
    seed: item.seed,
    endOnFailure: item.shrink === false,
  });

  if (trouble !== undefined) throw trouble;

  const so = (): ItemResult => ({
    ...nothingPlayed(session),
    schedules,
    steps,
    traces: [...traces],
    ...(race && { race }),
  });
  if (dead !== undefined) {
    const { order, outcome } = dead as { order: Order; outcome: Outcome };
    const judgement = await session.confirm(order, outcome);
    if (judgement === undefined) {
      // Not the solution's fault: the rest of the item is played as if nothing had happened.
      const rest = item.schedules - schedules - 1;
      if (rest <= 0) return so();
      const again = { ...item, schedules: rest, seed: item.seed + 1 };
      const more = await huntOnProcesses(session, again, undefined, each);
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
