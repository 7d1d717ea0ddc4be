import { listJson, standingText } from '../report/standing.ts';
import type { Command } from './command.ts';
import { standings } from './standings.ts';

/** `lab` alone. */
export const standing: Command = {
  name: '',
  summary: 'where you stand, and the next thing to do',
  operands: [],
  options: {},
  about: [],
  examples: ['npx lab'],
  async run({ engine, terminal, json, page, print, printJson }) {
    const all = await standings(engine, terminal.cwd);
    if (json) printJson(listJson(all));
    else print(standingText(all, page));
    return 0;
  },
};
