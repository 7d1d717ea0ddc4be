import { listJson, listText } from '../report/standing.ts';
import type { Command } from './command.ts';
import { standings } from './standings.ts';

export const list: Command = {
  name: 'list',
  summary: 'the problems, and how your work on each stands',
  operands: [],
  options: {},
  about: [],
  examples: ['npx lab list', 'npx lab list --json'],
  async run({ engine, terminal, json, page, print, printJson }) {
    const all = await standings(engine, terminal.cwd);
    if (json) printJson(listJson(all));
    else print(listText(all, page));
    return 0;
  },
};
