// Starts referees, has a solution compiled meanwhile, and sees to it that they are ended whatever happens.
import { LabError } from '../check/verdict.ts';
import { allowedProcessors } from '../os/affinity.ts';
import { unsupported } from '../os/machine.ts';
import { problemOf } from '../problem/catalogue.ts';
import { type Compiled, compile } from '../problem/compile.ts';
import type { AnyProblem } from '../problem/problem.ts';
import { proven } from '../process/proven.ts';
import type { Item, ItemResult } from './item.ts';
import { RefereeProcess } from './referee-process.ts';

/** Teams side by side, at most. */
const MOST_TEAMS = 4;

/** A referee that leads a team with the solution loaded. */
export interface Lead {
  readonly problem: AnyProblem;
  readonly compiled: Compiled;
  readonly referees: readonly (RefereeProcess & { hunt(item: Item): Promise<ItemResult> })[];
}

/** The twin's text, where there is one. */
const twinOf = ({ twin }: Compiled): string | undefined => (typeof twin === 'string' ? twin : undefined);

/** Opens `file` in `teams` teams, lets `work` happen, and ends them. Throws BadInput and LabError. */
export async function lead<T>(
  slug: string,
  file: string,
  teams: number | undefined,
  work: (lead: Lead) => Promise<T>,
): Promise<T> {
  const why = unsupported();
  if (why) throw new LabError(why);
  const problem = await problemOf(slug);
  const count = teams ?? Math.min(MOST_TEAMS, allowedProcessors().length);
  const starting = Promise.all(Array.from({ length: count }, (_, i) => RefereeProcess.start(i)));
  starting.catch(() => {});
  let referees: RefereeProcess[] = [];
  try {
    const proof = proven().catch((e: Error) => {
      throw new LabError(`this machine cannot run the lab: ${e.message}. Run lab doctor.`);
    });
    proof.catch(() => {}); // a solution that does not compile is told first
    const compiled = await compile(file);
    await proof;
    referees = await starting;
    await Promise.all(referees.map((r) => r.call('open', slug, compiled.code, 2, twinOf(compiled)))).catch(
      (e: Error) => {
        if (e.name === 'BadInput') e.message = `${file}: ${e.message}`;
        throw e;
      },
    );
    const players = referees.map((r) => Object.assign(r, { hunt: (item: Item) => r.call('hunt', item) }));
    return await work({ problem, compiled, referees: players });
  } finally {
    const all = await starting.catch(() => []);
    await Promise.all(all.map((r) => r.close()));
  }
}
