import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BadInput } from '../check/verdict.ts';
import { huntedJson, huntedText } from '../report/hunted.ts';
import { MOST_SEED } from './check.ts';
import type { Call, Command } from './command.ts';
import { workFile } from './standings.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

/** Seeds of one call, at most. */
const MOST_SEEDS = 100_000;

/** `3..7`, or a single one. Throws UsageError. */
function seedsOf(value: string | true | undefined): readonly [number, number] | undefined {
  if (value === undefined) return undefined;
  const [, first, last = first] = /^(\d{1,10})(?:\.\.(\d{1,10}))?$/.exec(String(value)) ?? [];
  const [a, b] = [Number(first), Number(last)];
  if (first === undefined || b < a || b > MOST_SEED || b - a >= MOST_SEEDS) {
    throw new UsageError(
      `--seeds '${value}': give the first and the last, as in --seeds 1..200; at most ${MOST_SEEDS} of them, up to ${MOST_SEED}.`,
    );
  }
  return [a, b];
}

/** The problem that the file imports; a file alone says enough. */
function problemIn(cwd: string, file: string): string {
  const path = resolve(cwd, file);
  if (!existsSync(path)) {
    throw new BadInput(`there is no file '${file}'. Check the path, or name the problem before it.`);
  }
  const slug = /\bfrom\s*['"]interleave\/problems\/([^'"/]+)['"]/.exec(readFileSync(path, 'utf8'))?.[1];
  if (slug !== undefined) return slug;
  throw new BadInput(
    `'${file}' does not say which problem it solves: it imports none from 'interleave/problems/…'. Name the problem before it.`,
  );
}

/** Problem and file of the call; either may be left out where the other says it. */
async function subjectOf({ engine, operands, terminal }: Call): Promise<{ slug: string; file: string }> {
  const [one, file] = operands;
  if (file !== undefined) return { slug: one, file };
  if ((await engine.problems()).some(({ id }) => id === one)) return { slug: one, file: workFile(one) };
  return { slug: problemIn(terminal.cwd, one), file: one };
}

export const hunt: Command = {
  name: 'hunt',
  summary: 'count the schedules to the first finding, for each of many seeds',
  operands: ['slug|file', 'file?'],
  options: {
    strategy: {
      value: 'S',
      says: '`portfolio` (what a check draws from; default), `exhaustive`, or one strategy by its name',
    },
    case: { value: 'JSON', says: 'the case. Default: the smallest' },
    schedules: { value: 'N', says: 'schedules for each seed, at most. Default 20000' },
    seeds: { value: 'A..B', says: 'the first and the last seed. Default 1..20' },
    processes: {
      says: 'real processes play all of it; else the model does, and processes confirm what it finds',
    },
  },
  about: [
    'For research: nothing is shrunk, and each seed begins anew. A data race counts where no schedule shows damage. The first schedule of a seed is the pilot run, and counts.',
    'The problem may be left out where the file imports it, the file where it is work/<slug>.ts.',
    'Exit code: 0 nothing is found, 1 something is, 2 bad usage or input, 3 the fault of the lab or of the machine.',
  ],
  examples: [
    'npx lab hunt mine.ts --strategy urw --seeds 1..200 --json',
    `npx lab hunt dining-philosophers mine.ts --strategy exhaustive --seeds 0 --case '{"seats":3,"meals":1}'`,
  ],
  async run(call) {
    const { engine, options, json, page, print, printJson } = call;
    const seeds = seedsOf(options.seeds);
    const schedules = wholeNumber('schedules', options.schedules, 1, 1_000_000_000);
    const { slug, file } = await subjectOf(call);
    const problem = await engine.problemOf(slug);
    const c = options.case && (await engine.parseCase(problem, String(options.case)));
    const report = await engine.hunt({
      slug,
      file,
      ...(options.strategy && { strategy: String(options.strategy) }),
      ...(c && { case: c }),
      ...(schedules && { schedules }),
      ...(seeds && { seeds }),
      ...(options.processes && { processes: true }),
    });
    const subject = { problem: slug, file, seed: 1 };
    if (json) printJson(huntedJson(subject, report));
    else print(huntedText(subject, report, page));
    return report.seeds.some((s) => s.kind !== null) ? 1 : 0;
  },
};
