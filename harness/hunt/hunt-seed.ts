// How many schedules one strategy takes to its first finding, under one seed: a figure for research. Model and
// processes draw the same schedules, so it is the same on both; what the model finds counts once processes do it too.
import type { SeedResult } from '../check/hunt-report.ts';
import type { Judgement } from '../check/judgement.ts';
import type { Case } from '../problem/problem.ts';
import type { Order } from '../process/order.ts';
import type { Profile } from '../schedule/profile.ts';
import { print } from '../schedule/schedule.ts';
import { confirm } from './confirm.ts';
import { Draw, type Weights } from './draw.ts';
import type { Failure } from './failure.ts';
import { pilotOf } from './pilot.ts';
import type { Session } from './session.ts';

/** What is to be hunted under one seed. */
export interface SeedOrder {
  readonly case: Case;
  readonly seed: number;
  /** Schedules at most. */
  readonly schedules: number;
  /** `exhaustive` plays all runs that differ instead of drawing any. */
  readonly mix: Weights | 'exhaustive';
  readonly processes: boolean;
}

/** Hunts under one seed. Undefined where it is to be exhaustive and there is no model. */
export async function huntSeed(session: Session, order: SeedOrder): Promise<SeedResult | undefined> {
  await session.ready();
  await session.enter({ ...order.case }); // anew, so that nothing is known of the case from another seed
  const modelled = order.processes ? undefined : await inModel(session, order);
  if (modelled !== undefined || order.mix === 'exhaustive') return modelled;
  await session.enter({ ...order.case });
  return (
    (await onProcesses(session, order, false)) ?? (await onProcesses(session, order, true)) ?? nothing(order)
  );
}

const nothing = ({ seed, schedules }: SeedOrder): SeedResult => ({
  seed,
  schedules,
  kind: null,
  rule: null,
  steps: null,
  switches: null,
  schedule: null,
  strategy: null,
  played: 'processes',
  proved: false,
});

async function inModel(session: Session, order: SeedOrder): Promise<SeedResult | undefined> {
  const { seed, schedules, mix: weights } = order;
  if (weights === 'exhaustive') {
    const found = await search(session, schedules, seed);
    if (found === undefined) return undefined;
    const failure = found.failure ?? found.race?.failure;
    const so = {
      ...nothing(order),
      schedules: found.runs,
      played: 'modelled' as const,
      proved: found.proved,
    };
    return failure === undefined ? so : confirmed(session, so, failure, 'exhaustive');
  }
  let found = await session.model({ schedules, seed, mix: weights });
  if (found?.failure === undefined && found?.race !== undefined) {
    // No damage: then the race counts, and it is played again to count the schedules up to it.
    await session.enter({ ...order.case });
    found = await session.model({ schedules, seed, mix: weights, key: found.race.failure.key });
  }
  if (found === undefined) return undefined;
  const so = { ...nothing(order), schedules: found.schedules, played: 'modelled' as const };
  return found.failure ? confirmed(session, so, found.failure, found.strategy ?? 'random') : so;
}

/** An answer takes a second at most, and on a busy machine the first is spent on beginning. */
const ATTEMPTS = 3;

/** Every run of the case, or as many as an answer's time allows. */
async function search(session: Session, most: number, world: number): ReturnType<Session['prove']> {
  let best: Awaited<ReturnType<Session['prove']>>;
  for (let i = 0; i < ATTEMPTS; i++) {
    const found = await session.prove({ most, world });
    if (found === undefined) return undefined;
    if (best === undefined || found.runs >= best.runs) best = found;
    const { proved, failure, race, runs } = found;
    if (proved || failure || race || runs === most) return found;
  }
  session.notes.add(
    'the search was cut short, since it took too long, or since what the roles do depends on time or on lots that they draw: what it has not seen may fail',
  );
  return best;
}

/** `so` with what was found in the model, once processes have done the same; undefined where they do not. */
async function confirmed(
  session: Session,
  so: SeedResult,
  failure: Failure,
  strategy: string,
): Promise<SeedResult | undefined> {
  const judgement = await confirm(session, failure);
  if (judgement !== undefined) return { ...so, ...told(judgement, failure, strategy) };
  session.modelDiffers();
  return undefined;
}

const told = ({ kind, rule }: Judgement, { world, moves, steps, switches }: Failure, strategy: string) => ({
  kind,
  rule: rule ?? null,
  steps,
  switches,
  schedule: print({ seed: world, moves }),
  strategy,
});

/** The same schedules as `Modelled.hunt` draws. `races`: whether a race without damage counts. */
async function onProcesses(
  session: Session,
  order: SeedOrder,
  races: boolean,
): Promise<SeedResult | undefined> {
  const draw = new Draw(order.mix as Weights, order.seed);
  let profile: Profile | undefined;
  let length = 0;
  let raced = false;
  for (let n = 0; n < order.schedules; n++) {
    const { strategy, seed, world } = draw.to(n);
    const run: Order = { mode: 'controlled', seed, world, strategy, length, profile };
    const played = session.play(run);
    const { outcome } = played;
    let { judgement } = played;
    if (outcome.lost) {
      judgement = await session.confirm(run, outcome);
      await session.ready();
      if (judgement === undefined) continue;
      const { kind, rule } = judgement;
      return { ...nothing(order), schedules: n + 1, kind, rule: rule ?? null, strategy: strategy.name };
    }
    const view = session.view('controlled', outcome);
    length = Math.max(length, outcome.steps);
    profile ??= pilotOf(session.problem, session.case, view);
    if (judgement?.kind === 'race') raced = true;
    if (judgement === undefined || (judgement.kind === 'race' && !races)) continue;
    const failure = session.failure(played, world);
    return { ...nothing(order), schedules: n + 1, ...told(judgement, failure, strategy.name) };
  }
  return raced || races ? undefined : nothing(order);
}
