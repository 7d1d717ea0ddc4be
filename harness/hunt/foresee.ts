// Deadlocks that two quiet runs foretell, tried on real processes: what does not come true is never told.
import { keyOf } from '../check/judgement.ts';
import { foretold } from '../check/lock-order.ts';
import { Ending } from '../check/run-view.ts';
import type { Order } from '../process/order.ts';
import { lenientReplay } from '../schedule/replay.ts';
import { uniform } from '../schedule/uniform.ts';
import type { Item } from './item.ts';
import type { Found } from './on-processes.ts';
import type { Session } from './session.ts';

/** An item with so many schedules has a look of its own, in a case that was looked at before. */
const WORTH_A_LOOK = 64;

/** A deadlock in the case of `item`, which was entered; undefined where none was foretold, or none came true. */
export async function foresee(session: Session, item: Item): Promise<Found | undefined> {
  const pilots: readonly Order[] = [
    ...(item.again ? [] : [{ mode: 'controlled', seed: 0, strategy: lenientReplay, moves: [] } as const]),
    ...(item.again && item.schedules < WORTH_A_LOOK
      ? []
      : [{ mode: 'controlled', seed: item.seed, strategy: uniform } as const]),
  ];
  const tried = new Set<string>();
  for (const order of pilots) {
    await session.ready();
    const { outcome } = session.play(order);
    if (outcome.lost || outcome.ending !== Ending.FINISHED) continue;
    for (const moves of foretold(session.view('controlled', outcome))) {
      const text = moves.join(' ');
      if (tried.has(text)) continue;
      tried.add(text);
      await session.ready();
      const played = session.play({ mode: 'controlled', seed: 0, strategy: lenientReplay, moves });
      const { judgement } = played;
      if (played.outcome.lost || judgement?.kind !== 'deadlock') continue;
      if (item.key !== undefined && keyOf(judgement) !== item.key) continue;
      return { failure: session.failure(played, 0), strategy: 'lock-order' };
    }
  }
  return undefined;
}
