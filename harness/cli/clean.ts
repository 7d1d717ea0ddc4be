import { cleanedJson, cleanedText } from '../report/cleaned.ts';
import type { Command } from './command.ts';

export const clean: Command = {
  name: 'clean',
  summary: 'remove what runs that were killed have left behind in the system',
  operands: [],
  options: { look: { says: 'only show it' } },
  about: [
    'Names and ids that outlive processes: shared memory, semaphores and message queues of POSIX and System V, temporary folders. The lab removes its own at the end of each run, and what a kill -9 left of earlier ones when it makes the next; this does it now. What belongs to runs that still go on is left alone.',
    'Exit code: 0, or 3 where something could not be removed.',
  ],
  examples: ['npx lab clean --look', 'npx lab clean'],
  async run({ engine, options, json, page, print, printJson }) {
    const look = options.look === true;
    const cleaned = await engine.clean(look);
    if (json) printJson(cleanedJson(cleaned, look));
    else print(cleanedText(cleaned, look, page));
    return cleaned.some(({ kept }) => kept !== undefined) ? 3 : 0;
  },
};
