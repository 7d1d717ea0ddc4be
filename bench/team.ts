// Warm workers that play one of the programs in bench/programs/, and what the measurements ask of them.
import { fileURLToPath } from 'node:url';
import { allowedProcessors, pin } from '../harness/os/affinity.ts';
import { compile } from '../harness/problem/compile.ts';
import { Ending } from '../harness/process/control.ts';
import type { Order } from '../harness/process/order.ts';
import { Team } from '../harness/process/team.ts';
import problem from './programs/problem.ts';

const path = (name: string): string => fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));

export interface Parts {
  readonly lefts: number;
  readonly rights: number;
  readonly times: number;
}

/**
 * Starts a team on `program`, hands it to `measure`, and ends it however that comes out.
 * @param processors `one`: referee and workers share the first processor, as in controlled runs; `all`: the kernel
 * places them, as in free runs
 */
export async function withTeam<T>(
  program: string,
  processors: 'one' | 'all',
  measure: (team: Team) => Promise<T>,
): Promise<T> {
  const [p, solution] = await Promise.all([compile(path('problem')), compile(path(program))]);
  const allowed = allowedProcessors();
  if (processors === 'one') pin(allowed.slice(0, 1));
  const team = new Team();
  try {
    await team.load({ problem: p.code, solution: solution.code }, 1);
    return await measure(team);
  } finally {
    await team.dispose();
    pin(allowed);
  }
}

/** Plays one run and returns what it took, in nanoseconds. Throws where it does not end well. */
export async function timedRun(team: Team, parts: Parts, order: Order): Promise<number> {
  await team.setCase({ ...parts }, problem.roles.left(parts) + problem.roles.right(parts));
  const began = process.hrtime.bigint();
  const { ending, by } = team.play(order);
  const took = Number(process.hrtime.bigint() - began);
  if (ending !== Ending.FINISHED) {
    throw new Error(`a run of the bench ended with ${ending}: ${by < 0 ? '' : team.text(by)}`);
  }
  return took;
}
