// Does the model do what real processes do? Random schedules of every solution, case after case, played in both.
import { join } from 'node:path';
import type { RefereeProcess } from '../../harness/hunt/referee-process.ts';
import { casesOf, processesOf } from '../../harness/problem/case.ts';
import { home, problemOf } from '../../harness/problem/catalogue.ts';
import { type Compiled, compile } from '../../harness/problem/compile.ts';
import type { AnyProblem, Case } from '../../harness/problem/problem.ts';
import type { Subject } from './subjects.ts';

export interface ComparedSubjects {
  readonly played: number;
  readonly differing: readonly string[];
}

/** Schedules of one case that are compared at once. */
const BATCH = 440;
/** Processes of a case, at most. */
const CROWD = 8;

interface Prepared extends Subject {
  readonly problem: AnyProblem;
  readonly compiled: Compiled;
  readonly cases: readonly Case[];
}

async function prepared(subject: Subject): Promise<Prepared> {
  const problem = await problemOf(subject.slug);
  const compiled = await compile(join(home, subject.file));
  const cases = casesOf(problem).filter((c) => processesOf(problem, c) <= CROWD);
  return { ...subject, problem, compiled, cases };
}

/**
 * Plays at least `wanted` schedules, spread over all `subjects`.
 * @param seconds after which it ends all the same
 */
export async function compareSubjects(
  referees: readonly RefereeProcess[],
  subjects: readonly Subject[],
  wanted: number,
  seconds: number,
): Promise<ComparedSubjects> {
  const all = await Promise.all(subjects.map(prepared));
  const until = performance.now() + seconds * 1e3;
  const differing: string[] = [];
  let played = 0;
  let next = 0;
  await Promise.all(
    referees.map(async (referee) => {
      while (played < wanted && performance.now() < until) {
        const turn = next++;
        const round = Math.floor(turn / all.length);
        const { slug, file, compiled, cases } = all[turn % all.length];
        const { code, twin } = compiled;
        if (typeof twin !== 'string') throw new Error(`${file} has no model: ${twin.reason}.`);
        await referee.call('open', slug, code, 2, twin);
        // Small cases first, then all over: neighbours differ little.
        const c = cases[(round * 7 + turn) % cases.length];
        const compared = await referee.call('compare', c, turn + 1, BATCH).catch((e: Error) => {
          throw new Error(`${file} in ${JSON.stringify(c)}: ${e.message}`);
        });
        played += compared.played;
        differing.push(...compared.differing.map((d) => `${file}: ${d}`));
      }
    }),
  );
  return { played, differing };
}
