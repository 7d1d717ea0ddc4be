import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefereeProcess } from '../../harness/hunt/referee-process.ts';
import { casesOf } from '../../harness/problem/case.ts';
import { problemOf } from '../../harness/problem/catalogue.ts';
import { type Compiled, compile } from '../../harness/problem/compile.ts';
import type { Mutant } from './mutant.ts';

export interface Hunt {
  readonly slug: string;
  readonly seed: number;
  /** Schedules of the first hunt, and of the second one that those get which are accepted; 0: there is none. */
  readonly schedules: number;
  readonly again: number;
  /** Whether free runs follow. */
  readonly free: boolean;
}

/** What the lab says of a mutant. */
export interface Tried {
  readonly mutant: Mutant;
  /** `accepted`, or the kind that was found; `refused` where it is no solution; `failed` where the lab itself has. */
  readonly verdict: string;
  /** What found it: the first hunt, the second one, or free runs. */
  readonly by: 'first' | 'again' | 'free';
  /** Why it was refused, why the lab failed. */
  readonly why?: string;
  readonly notes: readonly string[];
  readonly schedules: number;
  readonly seconds: number;
}

/** Seconds for a hunt; then the referee is ended and another one started. */
const LIMIT = 120;
/** Free runs of each of the cases that are played: the smallest, and the largest of the eight smallest. */
const FREE_RUNS = 6;

/** One referee, and another one where that does not survive a mutant. */
export class Hunter {
  #referee: Promise<RefereeProcess>;
  readonly #number: number;
  readonly #folder: string;

  /** @param folder for the texts of mutants */
  constructor(number: number, folder: string) {
    this.#number = number;
    this.#folder = folder;
    this.#referee = RefereeProcess.start(number);
  }

  async hunt(mutant: Mutant, order: Hunt): Promise<Tried> {
    const began = performance.now();
    let so: Pick<Tried, 'verdict' | 'by' | 'why' | 'notes' | 'schedules'>;
    let over: NodeJS.Timeout | undefined;
    try {
      const limit = new Promise<never>((_, reject) => {
        over = setTimeout(() => reject(new Error(`took longer than ${LIMIT} seconds`)), LIMIT * 1e3);
      });
      so = await Promise.race([this.#hunt(mutant, order), limit]);
    } catch (e) {
      so = { verdict: 'failed', by: 'first', why: (e as Error).message, notes: [], schedules: 0 };
      await this.close();
      this.#referee = RefereeProcess.start(this.#number);
    } finally {
      clearTimeout(over);
    }
    return { mutant, ...so, seconds: (performance.now() - began) / 1e3 };
  }

  async #hunt(
    mutant: Mutant,
    { slug, seed, schedules, again, free }: Hunt,
  ): Promise<Omit<Tried, 'mutant' | 'seconds'>> {
    const referee = await this.#referee;
    let compiled: Compiled;
    try {
      const file = join(this.#folder, `${this.#number}.ts`);
      writeFileSync(file, mutant.text);
      compiled = await compile(file);
      await referee.call(
        'open',
        slug,
        compiled.code,
        2,
        typeof compiled.twin === 'string' ? compiled.twin : undefined,
      );
    } catch (e) {
      return { verdict: 'refused', by: 'first', why: (e as Error).message, notes: [], schedules: 0 };
    }
    const unmodelled = typeof compiled.twin === 'string' ? [] : [`no model: ${compiled.twin.reason}`];
    const notes = async () => [...unmodelled, ...(await referee.call('notes'))];
    let played = 0;
    for (const [by, budget] of [
      ['first', schedules],
      ['again', again],
    ] as const) {
      if (budget === 0) continue;
      const { kind, schedules: more } = await referee.call('verdict', seed, budget);
      played += more;
      if (kind !== undefined) return { verdict: kind, by, notes: await notes(), schedules: played };
    }
    if (free) {
      const cases = casesOf(await problemOf(slug)).slice(0, 8);
      for (const c of new Set([cases[0], cases[cases.length - 1]])) {
        const { finding } = await referee.call('free', { case: c, runs: FREE_RUNS, seed, vary: true });
        if (finding)
          return {
            verdict: finding.kind,
            by: 'free',
            why: finding.message,
            notes: await notes(),
            schedules: played,
          };
      }
    }
    return { verdict: 'accepted', by: 'first', notes: await notes(), schedules: played };
  }

  async close(): Promise<void> {
    await (await this.#referee).close();
  }
}
