import { freeJson, freeText } from '../report/free.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './whole-number.ts';

export const free: Command = {
  name: 'free',
  summary: 'run at full speed, with the kernel as the scheduler',
  operands: ['slug', 'file'],
  options: {
    case: {
      value: 'JSON',
      says: 'the case; free runs take larger ones. Default: the one in which speed is measured',
    },
    runs: { value: 'N', says: 'how many runs. Default: what the lab thinks enough' },
  },
  about: [
    'Exit code: 0 no rule is broken, 1 one is, 2 bad usage or input, 3 the fault of the lab or of the machine.',
  ],
  examples: [`npx lab free dining-philosophers mine.ts --case '{"seats":5,"meals":1000}' --runs 5`],
  async run({ engine, options, operands: [slug, file], json, page, print, printJson }) {
    const runs = wholeNumber('runs', options.runs, 1, 1_000_000);
    const problem = await engine.problemOf(slug);
    const c = options.case && (await engine.parseCase(problem, String(options.case), { free: true }));
    const report = await engine.free({ slug, file, ...(c && { case: c }), ...(runs && { runs }) });
    const subject = { problem: slug, file, seed: 1 };
    if (json) printJson(freeJson(subject, report));
    else print(freeText(subject, report, page));
    return report.findings.length === 0 ? 0 : 1;
  },
};
