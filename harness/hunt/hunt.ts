// Plays one item of the hunt: in the model first, where the solution has one, then on real processes. What the model
// finds counts once they have done the same, step by step; where it finds nothing, they have a look of their own.
import { replay } from '../schedule/replay.ts';
import { strategyIndex } from '../schedule/strategies.ts';
import type { Item, ItemResult } from './item.ts';
import { mixes } from './mixes.ts';
import type { ModelResult } from './modelled.ts';
import { huntOnProcesses } from './on-processes.ts';
import type { Failure, Session } from './session.ts';

/** Modelled schedules for each that is asked for, and how many are asked for to each that processes play then. */
const MODELLED = 3;
const PROCESSES = 4;

/** Plays one item. */
export async function hunt(session: Session, item: Item): Promise<ItemResult> {
  await session.ready();
  await session.enter(item.case);
  const modelled = await session.model({
    schedules: item.schedules * MODELLED,
    seed: item.seed,
    mix: mixes[item.strategies ?? 'all'].map(([strategy, weight]) => [strategyIndex(strategy), weight]),
    ...(item.key !== undefined && { key: item.key }),
  });
  if (modelled === undefined) return huntOnProcesses(session, item);
  await session.ready();
  const { failure, race, strategy } = modelled;
  if (failure !== undefined && strategy !== undefined) {
    const found = await huntOnProcesses(session, { ...item, schedules: 1 }, { failure, strategy });
    if (found.failure !== undefined || found.finding !== undefined) return together(modelled, found);
  }
  const differs = failure !== undefined || (race && !(await sameOnProcesses(session, race.failure)));
  if (differs || !(await witnessed(session, modelled))) {
    session.notModelled('its processes do not do what their models do');
    return huntOnProcesses(session, item);
  }
  const schedules = Math.ceil(item.schedules / PROCESSES);
  return together(modelled, await huntOnProcesses(session, { ...item, schedules }));
}

/** Whether real processes do the same under the schedule of `failure`. */
async function sameOnProcesses(session: Session, { key, exact, world, moves }: Failure): Promise<boolean> {
  await session.ready();
  const played = session.play({ mode: 'controlled', seed: 0, world, strategy: replay, moves });
  if (played.outcome.lost || played.judgement === undefined) return false;
  const again = session.failure(played, world);
  return again.key === key && again.exact === exact;
}

/** Has real processes reach the witnesses that the model has reached. Says whether they did. */
async function witnessed(session: Session, { witnesses }: ModelResult): Promise<boolean> {
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
    steps: modelled.steps + real.steps,
    traces: [...new Set([...modelled.traces, ...real.traces])],
    ...(race && { race }),
  };
}
