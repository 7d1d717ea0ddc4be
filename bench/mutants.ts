// Are the judges right, in both directions? Every reference solution is changed in many small ways: breaking ones,
// which leave something out or put it elsewhere, and preserving ones, which say the same in other words. Each mutant is
// hunted. A breaking one that is accepted is looked at by a human: it is right all the same, or the lab misses
// something. A preserving one that is rejected is a fault of the lab.
//
//   npm run mutants -- [--only slug] [--file part] [--operator pattern] [--side breaking|preserving]
//                      [--schedules N] [--again N] [--seed N] [--every N] [--json]
//
// Defaults: everything, 2,000 schedules; what is accepted of the breaking ones is hunted again with the default budget of
// a check (`--again 0`: it is not). `--every 5` takes every fifth mutant. `--list` prints the mutants and hunts nothing.
// Exit codes: 0 no preserving mutant was rejected and the lab did not fail, 1 one was or it did, 2 bad usage, 3 the
// tool could not finish.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_SCHEDULES } from '../harness/hunt/plan.ts';
import { allowedProcessors } from '../harness/os/affinity.ts';
import { home, slugs } from '../harness/problem/catalogue.ts';
import { breaking } from './mutants/breaking/families.ts';
import { Hunter, type Tried } from './mutants/hunt-mutant.ts';
import { mutantsOf } from './mutants/mutant.ts';
import { preserving } from './mutants/preserving/families.ts';
import { programOf } from './mutants/program.ts';
import { type Group, groupLines, stands } from './mutants/text.ts';
import { subjects } from './soak/subjects.ts';

const SIDES = ['breaking', 'preserving'] as const;

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      file: { type: 'string', default: '' },
      operator: { type: 'string', default: '' },
      side: { type: 'string' },
      schedules: { type: 'string', default: '2000' },
      again: { type: 'string', default: String(DEFAULT_SCHEDULES) },
      seed: { type: 'string', default: '1' },
      every: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const count = (name: 'schedules' | 'again' | 'seed' | 'every', least: number): number => {
    const n = Number(values[name]);
    if (Number.isInteger(n) && n >= least) return n;
    throw new RangeError(`--${name} '${values[name]}': give a whole number of at least ${least}.`);
  };
  if (values.only !== undefined && !slugs().includes(values.only))
    throw new RangeError(`--only '${values.only}': there are ${slugs().join(', ')}.`);
  if (values.side !== undefined && !(SIDES as readonly string[]).includes(values.side))
    throw new RangeError(`--side '${values.side}': there are ${SIDES.join(' and ')}.`);
  return {
    ...values,
    schedules: count('schedules', 1),
    again: count('again', 0),
    seed: count('seed', 1),
    every: count('every', 1),
  };
}

async function main(asked: ReturnType<typeof options>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const hunters = asked.list ? [] : allowedProcessors().map((_, i) => new Hunter(i, folder));
  const groups: Group[] = [];
  try {
    for (const { slug, file, declared } of await subjects(asked.only)) {
      if (declared.length > 0 || !file.includes(asked.file)) continue;
      const program = await programOf(readFileSync(join(home, file), 'utf8'));
      for (const side of SIDES) {
        if (asked.side !== undefined && asked.side !== side) continue;
        const isPreserving = side === 'preserving';
        const mutants = mutantsOf(program, isPreserving ? preserving : breaking)
          .filter((m) => new RegExp(asked.operator).test(m.operator))
          .filter((_, i) => i % asked.every === 0);
        if (asked.list)
          for (const m of mutants)
            console.log(`${file}:${m.line} ${m.operator}: ${m.what.replace(/\s+/g, ' ')}`);
        const { schedules, seed } = asked;
        const hunt = { slug, schedules, seed, again: isPreserving ? 0 : asked.again, free: isPreserving };
        const tried: Tried[] = [];
        let next = 0;
        await Promise.all(
          hunters.map(async (hunter) => {
            while (next < mutants.length) {
              const i = next++;
              tried[i] = await hunter.hunt(mutants[i], hunt);
            }
          }),
        );
        if (tried.length === 0) continue;
        groups.push({ file, preserving: isPreserving, tried });
        if (!asked.json) console.log(groupLines(groups[groups.length - 1]).join('\n'));
      }
    }
  } finally {
    await Promise.all(hunters.map((h) => h.close()));
    rmSync(folder, { recursive: true });
  }
  if (asked.json) console.log(JSON.stringify({ version: 1, groups }, null, 1));
  const isWrong = ({ preserving: p, tried }: Group) =>
    tried.some((t) => t.verdict === 'failed' || (p && stands(p, t)));
  return groups.some(isWrong) ? 1 : 0;
}

try {
  const asked = options();
  process.exitCode = await main(asked);
} catch (e) {
  console.error(`the mutants could not be hunted: ${(e as Error).message}`);
  process.exitCode = e instanceof RangeError || e instanceof TypeError ? 2 : 3;
}
