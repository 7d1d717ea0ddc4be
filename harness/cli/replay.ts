import { replayedJson, replayedText } from '../report/replayed.ts';
import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';

export const replay: Command = {
  name: 'replay',
  summary: 'play one run again, step by step',
  operands: ['slug', 'file'],
  options: {
    schedule: { value: 'S', says: 'the schedule, as a finding prints it' },
    case: { value: 'JSON', says: 'the case, as a finding prints it' },
  },
  about: [
    'A finding ends with this command and all that belongs to it. The same schedule gives the same run, step by step, as long as the solution is not changed; what the processes print with console.log is shown.',
    'Exit code: 0 no rule is broken, 1 one is, 2 bad usage or input, 3 the fault of the lab or of the machine.',
  ],
  examples: [
    `npx lab replay dining-philosophers mine.ts --schedule 'v1 a2 b2' --case '{"seats":2,"meals":1}'`,
  ],
  async run({ engine, options, operands: [slug, file], json, page, print, printJson }) {
    for (const name of ['schedule', 'case']) {
      if (options[name] === undefined) {
        throw new UsageError(`--${name} is missing. Paste the whole command that the finding ends with.`);
      }
    }
    const c = await engine.parseCase(await engine.problemOf(slug), String(options.case));
    const replayed = await engine.replay({ slug, file, case: c, schedule: String(options.schedule) });
    const subject = { problem: slug, file, seed: 1 };
    if (json) printJson(replayedJson(subject, replayed));
    else print(replayedText(replayed, page, String(options.schedule)));
    return replayed.finding === undefined ? 0 : 1;
  },
};
