// What `lab hunt` asks for: schedules to the first finding, for each of many seeds. For research: nothing is shrunk
// and nothing is explained, so that a figure says what a strategy does and no more.
import type { HuntReport, SeedResult } from '../check/hunt-report.ts';
import { BadInput } from '../problem/bad-input.ts';
import { casesOf } from '../problem/case.ts';
import { problemOf } from '../problem/catalogue.ts';
import { nearest } from '../problem/nearest.ts';
import type { Case } from '../problem/problem.ts';
import { strategies, unprescribed } from '../schedule/strategies.ts';
import type { SeedOrder } from './hunt-seed.ts';
import { lead } from './lead.ts';
import { mixes, weightsOf } from './mixes.ts';

export interface HuntRequest {
  readonly slug: string;
  /** Path of the solution. */
  readonly file: string;
  /** A strategy's name, `portfolio` (what a check draws from), or `exhaustive`. Default `portfolio`. */
  readonly strategy?: string;
  /** Default: the smallest of the problem. */
  readonly case?: Case;
  /** Schedules for each seed, at most. Default 20,000, as on the scoreboard. */
  readonly schedules?: number;
  /** First and last seed. Default 1 to 20. */
  readonly seeds?: readonly [first: number, last: number];
  /** Whether real processes play all of it. Default: the model, where there is one. */
  readonly processes?: boolean;
  /** Teams side by side. Default: one for each CPU, at most 4. The figures do not depend on it. */
  readonly teams?: number;
}

const DEFAULT_CAP = 20_000;
const DEFAULT_SEEDS = [1, 20] as const;
const PORTFOLIO = 'portfolio';
const EXHAUSTIVE = 'exhaustive';

/** The names that `--strategy` takes. */
export const strategyNames: readonly string[] = [...unprescribed.map((s) => s.name), PORTFOLIO, EXHAUSTIVE];

/** What the name stands for. Throws BadInput, with the names that there are. */
function mixOf(name: string): SeedOrder['mix'] {
  if (name === EXHAUSTIVE) return EXHAUSTIVE;
  if (name === PORTFOLIO) return weightsOf(mixes.all);
  if (strategyNames.includes(name)) return [[strategies.findIndex((s) => s.name === name), 1]];
  const close = nearest(name, strategyNames);
  const meant = close ? `Did you mean '${close}'? ` : '';
  throw new BadInput(`there is no strategy '${name}'. ${meant}There are ${strategyNames.join(', ')}.`);
}

/** Hunts under each of the seeds. Throws BadInput and LabError. */
export async function labHunt(request: HuntRequest): Promise<HuntReport> {
  const { slug, file, strategy = PORTFOLIO, schedules = DEFAULT_CAP, processes = false } = request;
  const mix = mixOf(strategy);
  if (mix === EXHAUSTIVE && processes)
    throw new BadInput(`the strategy '${EXHAUSTIVE}' plays in the model only. Leave out --processes.`);
  const c = request.case ?? casesOf(await problemOf(slug))[0];
  const [first, last] = request.seeds ?? DEFAULT_SEEDS;
  return lead(slug, file, request.teams, async ({ referees }) => {
    const seeds: SeedResult[] = [];
    let next = first;
    const work = async (referee: (typeof referees)[number]): Promise<void> => {
      while (next <= last) {
        const seed = next++;
        const found = await referee.call('huntSeed', { case: c, seed, schedules, mix, processes });
        if (found) seeds.push(found);
        else next = last + 1;
      }
    };
    await Promise.all(referees.map(work));
    const notes = [...new Set((await Promise.all(referees.map((r) => r.call('notes')))).flat())];
    if (seeds.length === 0) {
      throw new BadInput(
        `'${file}' cannot be searched with the strategy '${EXHAUSTIVE}': ${notes[0] ?? 'it has no model'}. Name another strategy.`,
      );
    }
    return { case: c, strategy, cap: schedules, seeds: seeds.sort((a, b) => a.seed - b.seed), notes };
  });
}
