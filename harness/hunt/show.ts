import { digest } from '../check/digest.ts';
import { explain } from '../check/explain.ts';
import type { Finding } from '../check/finding.ts';
import type { Judgement } from '../check/judgement.ts';
import { killedIn } from '../check/killed.ts';
import { Ending } from '../process/control.ts';
import type { Order } from '../process/order.ts';
import { replay } from '../schedule/replay.ts';
import { criticalPair } from './critical-pair.ts';
import type { Failure } from './failure.ts';
import type { Session } from './session.ts';

/** What V8 throws where functions have called each other too deeply. */
const STACK_OVERFLOW = 'RangeError: Maximum call stack size exceeded';

/**
 * Plays `failure` again with positions on and explains it; nondeterministic if it is another run this time.
 * @param strategy the name of the strategy that found it
 */
export async function show(session: Session, failure: Failure, strategy: string): Promise<Finding> {
  await session.ready();
  const { exact, moves } = failure;
  const order = (world: number): Order => ({ mode: 'controlled', seed: 0, world, strategy: replay, moves });
  const digestIn = async (world: number): Promise<number | undefined> => {
    const { outcome } = session.play(order(world));
    const played = outcome.lost ? undefined : session.digest(outcome).exact;
    await session.ready();
    return played;
  };
  // Where nobody draws lots that matter, the schedule is told without a seed.
  const world = failure.world !== 0 && (await digestIn(0)) === exact ? 0 : failure.world;
  const plain = await digestIn(world);
  const { outcome, judgement: seen } = session.play({ ...order(world), positions: true });
  const view = session.view('controlled', outcome);
  const shown = outcome.lost ? undefined : digest(view);
  const same = plain === exact && shown?.exact === exact;
  // How much fits on the stack is another each time, and so is where it overflows; that it does is found all the same.
  const overflows = seen?.kind === 'crash' && seen.detail?.startsWith(STACK_OVERFLOW);
  const judgement: Judgement =
    (same || overflows) && seen ? seen : { kind: 'nondeterministic', detail: 'replay' };
  const finding = explain(session.problem, session.case, view, judgement, { strategy, seed: world });
  // A race is one in either order, what is not deterministic has no neighbours, and of a death it is not the order.
  const dead = killedIn(view).length > 0;
  if (!same || dead || judgement.kind === 'race' || outcome.ending === Ending.ENDLESS) return finding;
  const critical = await criticalPair(session, view, world, finding.trace.length);
  return { ...finding, ...(critical && { critical }) };
}
