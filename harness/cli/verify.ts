import { basename, relative } from 'node:path';
import type { Claim, Verified } from '../report/verified.ts';
import { failing, verifiedJson, verifiedSum, verifiedText } from '../report/verified.ts';
import { MOST_SEED } from './check.ts';
import { claimsOf } from './claims.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';
import { wholeNumber } from './whole-number.ts';

export const verify: Command = {
  name: 'verify',
  summary: 'for teachers: whether a problem and its solutions keep what they promise',
  operands: ['slug?'],
  options: {
    seed: { value: 'N', says: 'where each hunt begins. Default 1' },
    schedules: {
      value: 'N',
      says: 'controlled runs for each file. Without it, the default budget of the lab',
    },
  },
  about: [
    'The starter must be rejected, every reference accepted, every solution in broken/ rejected for what the comment at its top declares (@finding, and where given @rule and @smallest), and every rule and witness of the specification must be broken by some of these.',
    'Without a slug, all problems are verified. Exit code: 0 all holds, 1 something does not.',
  ],
  examples: ['npx lab verify dining-philosophers'],
  async run({ engine, terminal, options, operands: [slug], json, page, print, printJson }) {
    const seed = wholeNumber('seed', options.seed, 0, MOST_SEED);
    const schedules = wholeNumber('schedules', options.schedules, 1, 1_000_000_000);
    const problems = slug === undefined ? await engine.problems() : [await engine.problemOf(slug)];
    const home = await engine.home();
    const line = progressLine(terminal);
    const verified: Verified[] = [];
    try {
      for (const problem of problems) {
        const claims: Claim[] = [];
        const judge = (file: string) => {
          line.show(`${problem.id}: ${basename(file)}`);
          return engine.check({
            slug: problem.id,
            file: relative(terminal.cwd, file),
            ...(seed !== undefined && { seed }),
            ...(schedules !== undefined && { schedules }),
          });
        };
        for await (const claim of claimsOf(problem, home, judge)) claims.push(claim);
        verified.push({ id: problem.id, title: problem.title, claims });
        line.clear();
        if (!json) print([...verifiedText(verified.at(-1)!, page), '']);
      }
    } finally {
      line.clear();
    }
    if (json) printJson(verifiedJson(verified));
    else print(verifiedSum(verified, page));
    return failing(verified) === 0 ? 0 : 1;
  },
};
