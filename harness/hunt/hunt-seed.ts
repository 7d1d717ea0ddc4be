// How many schedules one strategy takes to its first finding, under one seed: a figure for research. Model and
// processes draw the same schedules, so it is the same on both; what the model finds counts once processes do it too.
import { digest } from '../check/digest.ts';
import type { SeedResult } from '../check/hunt-report.ts';
import { type Judgement, keyOf } from '../check/judgement.ts';
import type { Case } from '../problem/problem.ts';
import type { Order } from '../process/order.ts';
import { below, bits, mix, seed as sow } from '../schedule/generator.ts';
import type { Profile } from '../schedule/profile.ts';
import { replay } from '../schedule/replay.ts';
import { print } from '../schedule/schedule.ts';
import { strategies } from '../schedule/strategies.ts';
import { pilotOf } from './pilot.ts';
import type { Failure, Session } from './session.ts';

/** What is to be hunted under one seed. */
export interface SeedOrder {
  readonly case: Case;
  readonly seed: number;
  /** Schedules at most. */
  readonly schedules: number;
  /** Strategies, by their index, and how often each is drawn; `exhaustive` plays all runs that differ instead. */
  readonly mix: ModelOrder['mix'] | 'exhaustive';
  readonly processes: boolean;
}
type ModelOrder = Parameters<Session['model']>[0];

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
  const { world, moves } = failure;
  await session.ready();
  const order: Order = { mode: 'controlled', seed: 0, world, strategy: replay, moves };
  const { outcome, judgement: seen } = session.play(order);
  const judgement = outcome.lost ? await session.confirm(order, outcome) : seen;
  const same =
    judgement !== undefined &&
    keyOf(judgement) === failure.key &&
    (outcome.lost !== undefined || digest(session.view('controlled', outcome)).exact === failure.exact);
  if (same) return { ...so, ...told(judgement, failure, strategy) };
  session.notModelled('its processes do not do what their models do');
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

/** Different seeds of the processes' own random numbers, as in the model. */
const WORLDS = 4;

/** The same schedules as `Modelled.hunt` draws. `races`: whether a race without damage counts. */
async function onProcesses(
  session: Session,
  order: SeedOrder,
  races: boolean,
): Promise<SeedResult | undefined> {
  const weights = order.mix as ModelOrder['mix'];
  const places = weights.flatMap(([index, weight]) => new Array<number>(weight).fill(index));
  const random = new Int32Array(2);
  let profile: Profile | undefined;
  let length = 0;
  let raced = false;
  for (let n = 0; n < order.schedules; n++) {
    sow(random, 0, mix(order.seed) + n);
    const strategy = strategies[places[below(random, 0, places.length)]];
    const luck = bits(random, 0) & 0x7fffffff;
    const world = luck % WORLDS;
    const run: Order = { mode: 'controlled', seed: luck, world, strategy, length, profile };
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
