// The referee's process: takes orders from the command, leads one team on one processor. No student code runs here.

import { allowedProcessors, pin } from '../os/affinity.ts';
import { dieWith } from '../os/death.ts';
import type { Case } from '../problem/problem.ts';
import { compare } from './agreement.ts';
import type { Failure } from './failure.ts';
import { hunt } from './hunt.ts';
import { huntSeed, type SeedOrder } from './hunt-seed.ts';
import type { Item } from './item.ts';
import { playFree } from './play-free.ts';
import { playGiven } from './play-given.ts';
import { seedVerdict } from './seed-verdict.ts';
import { ENDED_FROM_OUTSIDE, Session } from './session.ts';
import { show } from './show.ts';

const all = allowedProcessors();
const session = new Session();
dieWith(Number(process.argv[2]));
// Workers inherit this; free runs give them all processors back for their time.
pin([all[Number(process.argv[3]) % all.length]]);

/** What the command may ask; each answer is plain data. */
const methods = {
  open: (slug: string, code: string, workers: number, twin?: string) =>
    session.open(slug, code, workers, twin),
  hunt: (item: Item) => hunt(session, item),
  huntSeed: (order: SeedOrder) => huntSeed(session, order),
  verdict: (seed: number, schedules: number) => seedVerdict(session, seed, schedules),
  async show(c: Case, failure: Failure, strategy: string) {
    await session.ready();
    await session.enter(c);
    return show(session, failure, strategy);
  },
  free: (order: Parameters<typeof playFree>[1]) => playFree(session, order, all),
  compare: (c: Case, seed: number, count: number) => compare(session, c, seed, count),
  replay: (c: Case, schedule: string) => playGiven(session, c, schedule),
  notes: async () => [...session.notes, ...(session.team.replaced > 0 ? [ENDED_FROM_OUTSIDE] : [])],
  pids: async () => session.team.pids,
};
export type Methods = typeof methods;

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGINT', () => {}); // the command decides what Ctrl-C means
process.on(
  'message',
  async ({ id, method, given }: { id: number; method: keyof Methods; given: unknown[] }) => {
    try {
      const run = methods[method] as (...given: unknown[]) => Promise<unknown>;
      const value = await run(...given);
      process.send?.({ id, value });
    } catch (e) {
      const { name, message, stack } = e as Error;
      process.send?.({ id, error: { name, message, stack } });
    }
  },
);
