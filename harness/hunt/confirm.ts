// What the model finds counts once real processes have done the same under the same schedule, step by step.
import { type Judgement, keyOf } from '../check/judgement.ts';
import type { Order } from '../process/order.ts';
import { replay } from '../schedule/replay.ts';
import type { Failure } from './failure.ts';
import type { Session } from './session.ts';

/** What becomes of real processes under the schedule of `failure`; undefined where it is not the same. */
export async function confirm(session: Session, failure: Failure): Promise<Judgement | undefined> {
  await session.ready();
  const { key, exact, world, moves } = failure;
  const order: Order = { mode: 'controlled', seed: 0, world, strategy: replay, moves };
  const { outcome, judgement: seen } = session.play(order);
  const judgement = outcome.lost ? await session.confirm(order, outcome) : seen;
  if (judgement === undefined || keyOf(judgement) !== key) return undefined;
  // A process that is gone has left no trace of its own to be compared.
  if (outcome.lost) return judgement;
  return session.digest(outcome).exact === exact ? judgement : undefined;
}
