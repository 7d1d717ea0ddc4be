// Plays one item of the hunt: in the model first, where the solution has one, then on real processes. What the model
// finds counts once they have done the same, step by step; where it finds nothing, they have a look of their own.
import { replay } from '../schedule/replay.ts';
import { agrees, Sample } from './agreement.ts';
import { confirm } from './confirm.ts';
import { foresee, LOCK_ORDER } from './foresee.ts';
import type { Item, ItemResult } from './item.ts';
import { mixes, weightsOf } from './mixes.ts';
import type { ModelResult } from './model-orders.ts';
import { type Found, huntOnProcesses, nothingPlayed } from './on-processes.ts';
import type { Session } from './session.ts';

/** Of so many schedules, processes play one: enough to see that they do what the model does. */
const PROCESSES = 16;
/** Schedules of a proved case that processes play, at most. */
const OF_A_PROOF = 16;

/** Plays one item. */
export async function hunt(session: Session, item: Item): Promise<ItemResult> {
  await session.ready();
  await session.enter(item.case);
  if (item.prove !== undefined) return prove(session, item, item.prove);
  const real = share(item);
  const modelled = await session.model({
    schedules: item.schedules - real,
    seed: item.seed,
    mix: weightsOf(mixes[item.strategies ?? 'all']),
    ...(item.key !== undefined && { key: item.key }),
    ...(item.until === undefined ? { foretell: true } : { until: item.until }),
  });
  if (modelled === undefined) return alone(session, item);
  const found = await confirmed(session, item, modelled);
  if (found === undefined) return alone(session, item);
  if (found.failure !== undefined || found.finding !== undefined) return together(modelled, found);
  if (real === 0) return together(modelled, found);
  const processes = await inBoth(session, { ...item, schedules: real });
  return processes === undefined ? alone(session, item) : together(modelled, processes);
}

/** How many schedules of an item processes play: their share, on average; the seed decides where it is no whole number. */
const share = ({ schedules, seed }: Item): number =>
  Math.floor((schedules + ((seed >>> 8) % PROCESSES)) / PROCESSES);

/**
 * Plays an item on real processes, and what they have played in the model too. Undefined where that is not the same,
 * and then processes do all the hunting from now on.
 */
async function inBoth(session: Session, item: Item): Promise<ItemResult | undefined> {
  const sample = new Sample();
  const result = await huntOnProcesses(session, item, undefined, sample.take);
  if (result.failure !== undefined || result.finding !== undefined) return result;
  const same = await agrees(session, sample.runs);
  if (same) return result;
  if (same === false) session.modelDiffers();
  return undefined;
}

/** Processes do all of it. */
async function alone(session: Session, item: Item): Promise<ItemResult> {
  await session.ready();
  const failure = item.until === undefined ? foresee(playing(session), item.seed, item.key) : undefined;
  await session.ready();
  return failure === undefined
    ? huntOnProcesses(session, { ...item, schedules: item.alone ?? item.schedules })
    : huntOnProcesses(session, { ...item, schedules: 1 }, { failure, strategy: LOCK_ORDER });
}

/** Plays and judges runs on real processes, as long as none of them is lost, and none hangs behind its end. */
const playing =
  (session: Session): Parameters<typeof foresee>[0] =>
  (order) => {
    if (session.team.broken) return undefined;
    const { outcome, judgement } = session.play(order);
    return outcome.lost ? undefined : { view: session.view('controlled', outcome), judgement };
  };

/** Every run of the case, in the model. */
async function prove(session: Session, item: Item, most: number): Promise<ItemResult> {
  const proof = await session.prove({ most, world: 0 });
  if (proof === undefined) return nothingPlayed(session);
  const modelled = { ...proof, schedules: proof.runs, traces: [] };
  const found = await confirmed(session, item, modelled);
  if (found === undefined) return nothingPlayed(session);
  const { proved, traces, states, progress, failure } = proof;
  if (failure !== undefined || traces === 0) return together(modelled, found);
  if (proved) {
    const real = Math.min(OF_A_PROOF, Math.ceil(proof.runs / PROCESSES));
    const processes = await inBoth(session, { ...item, schedules: real });
    if (processes === undefined) return nothingPlayed(session);
    if (processes.failure !== undefined || processes.finding !== undefined) return processes;
  }
  // What is not proved is never called whole, however the guess comes out.
  const part = proved ? 1 : Math.min(progress, 0.99);
  return {
    ...together(modelled, found),
    proof: { traces, part, ...(proved && states !== undefined && { states }) },
  };
}

/**
 * Has real processes do what the model has found: the failure, the race, the witnesses. Undefined where they do not
 * do the same, and then they do all the hunting from now on.
 */
async function confirmed(
  session: Session,
  item: Item,
  { failure, race, strategy, witnesses }: ModelResult,
): Promise<ItemResult | undefined> {
  await session.ready();
  const found = failure
    ? await shown(session, item, { failure, strategy: strategy ?? 'random' })
    : nothingPlayed(session);
  const same =
    failure !== undefined
      ? found.failure !== undefined || found.finding !== undefined
      : (race === undefined || (await confirm(session, race.failure)) !== undefined) &&
        (await witnessed(session, witnesses));
  if (same) return { ...found, seen: [...session.judge.specification.seen] };
  session.modelDiffers();
  return undefined;
}

/** Has real processes do what is `found`, in its simplest form. */
async function shown(session: Session, item: Item, found: Found): Promise<ItemResult> {
  const simplest = item.shrink === false ? undefined : await session.shrink(found.failure);
  await session.ready();
  return simplest === undefined
    ? huntOnProcesses(session, { ...item, schedules: 1 }, found)
    : huntOnProcesses(session, { ...item, schedules: 1, shrink: false }, { ...found, failure: simplest });
}

/** Has real processes reach the witnesses that the model has reached. Says whether they did. */
async function witnessed(session: Session, witnesses: ModelResult['witnesses']): Promise<boolean> {
  const { seen } = session.judge.specification;
  for (const { sentence, world, moves } of witnesses) {
    if (seen.has(sentence)) continue;
    await session.ready();
    session.play({ mode: 'controlled', seed: 0, world, strategy: replay, moves });
    if (!seen.has(sentence)) return false;
  }
  return true;
}

/** What both have come to. */
function together(modelled: ModelResult, real: ItemResult): ItemResult {
  const race = modelled.race ?? real.race;
  return {
    ...real,
    schedules: modelled.schedules + real.schedules,
    modelled: modelled.schedules,
    steps: modelled.steps + real.steps,
    traces: [...new Set([...modelled.traces, ...real.traces])],
    ...(race && { race }),
  };
}
