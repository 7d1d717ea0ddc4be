// The soak: are verdicts a matter of luck? Every reference and every broken solution is hunted with many seeds, on
// warm teams that stay the same from the first to the last, one for each processor. Controlled runs only, without
// shrinking; what must come out is known: the declaration at the top of each broken solution.
//
//   npm run soak -- [--seeds N] [--schedules N] [--only slug] [--json]
//   npm run soak -- --compare N [--minutes M] [--only slug]
//
// The second form plays N random schedules of all solutions in the model and on real processes, and counts those whose
// traces differ; none may. It ends after M minutes at the latest, by default 60.
//
// Defaults: 1000 seeds, 300 schedules. A broken solution that so few schedules miss is hunted again with the default
// budget, for up to 20 such seeds. Exit codes: 0 all verdicts are right but for misses that the default budget does
// not make, 1 some are not, 2 bad usage, 3 the lab's own error.
import { parseArgs } from 'node:util';
import { RefereeProcess } from '../harness/hunt/referee-process.ts';
import { allowedProcessors } from '../harness/os/affinity.ts';
import { slugs } from '../harness/problem/catalogue.ts';
import { compareSubjects } from './soak/compare-subjects.ts';
import { type Soaked, soakSubject } from './soak/soak-subject.ts';
import { type Subject, subjects } from './soak/subjects.ts';
import { soakedLines, sumLines } from './soak/text.ts';

interface Options {
  readonly seeds: number;
  readonly schedules: number;
  readonly only: string | undefined;
  readonly json: boolean;
  /** Schedules to be compared; undefined where verdicts are asked for. */
  readonly compare: number | undefined;
  readonly minutes: number;
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      schedules: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'boolean' },
      compare: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const count = (name: 'seeds' | 'schedules' | 'compare' | 'minutes', otherwise: number): number => {
    const n = Number(values[name] ?? otherwise);
    if (Number.isInteger(n) && n >= 1) return n;
    throw new RangeError(`--${name} '${values[name]}': give a whole number of at least 1.`);
  };
  if (values.only !== undefined && !slugs().includes(values.only)) {
    throw new RangeError(`--only '${values.only}': there are ${slugs().join(', ')}.`);
  }
  return {
    seeds: count('seeds', 1_000),
    schedules: count('schedules', 300),
    only: values.only,
    json: values.json ?? false,
    compare: values.compare === undefined ? undefined : count('compare', 1),
    minutes: count('minutes', 60),
  };
}

/** What is no mere miss: a right solution rejected, another finding, a bug that the default budget misses. */
const wrong = (s: Soaked): boolean => s.deviations.length > s.missed || s.again.missed.length > 0;

/** Lets `work` happen with a referee on each processor. */
async function withReferees<T>(work: (referees: readonly RefereeProcess[]) => Promise<T>): Promise<T> {
  const referees = await Promise.all(allowedProcessors().map((_, i) => RefereeProcess.start(i)));
  try {
    return await work(referees);
  } finally {
    await Promise.all(referees.map((r) => r.close()));
  }
}

function soak({ seeds, schedules, json }: Options, chosen: readonly Subject[]): Promise<Soaked[]> {
  return withReferees(async (referees) => {
    const all: Soaked[] = [];
    for (const subject of chosen) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${subject.file}`);
      const soaked = await soakSubject(referees, subject, seeds, schedules);
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
      all.push(soaked);
      if (!json) console.log(soakedLines(soaked).join('\n'));
    }
    return all;
  });
}

/** Whether the model did what processes do. */
async function compared(wanted: number, minutes: number, chosen: readonly Subject[]): Promise<boolean> {
  const { played, differing } = await withReferees((referees) =>
    compareSubjects(referees, chosen, wanted, minutes * 60),
  );
  for (const line of differing) console.log(`✗ ${line}`);
  console.log(`${played} schedules of ${chosen.length} solutions, ${differing.length} differing.`);
  return differing.length === 0;
}

async function main(): Promise<number> {
  let asked: Options;
  let chosen: Subject[];
  try {
    asked = options();
    chosen = await subjects(asked.only);
  } catch (e) {
    console.error((e as Error).message);
    return 2;
  }
  if (asked.compare !== undefined) return (await compared(asked.compare, asked.minutes, chosen)) ? 0 : 1;
  const began = performance.now();
  const all = await soak(asked, chosen);
  const seconds = (performance.now() - began) / 1e3;
  if (asked.json) {
    const { seeds, schedules } = asked;
    console.log(JSON.stringify({ version: 1, seeds, schedules, seconds, subjects: all }, null, 2));
  } else console.log(sumLines(all, seconds).join('\n'));
  return all.some(wrong) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (e) {
  console.error(`the soak could not be finished: ${(e as Error).message}`);
  process.exitCode = 3;
}
