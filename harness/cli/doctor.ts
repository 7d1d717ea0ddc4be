import { machineJson, machineText } from '../report/machine.ts';
import type { Command } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'what this machine has and lacks, and what to do about it',
  operands: [],
  options: {},
  about: ['Exit code: 0 the machine has all that the lab needs, 3 it does not.'],
  examples: ['npx lab doctor'],
  async run({ engine, json, page, print, printJson }) {
    const examined = await engine.examine();
    if (json) printJson(machineJson(examined));
    else print(machineText(examined, page));
    return examined.every((one) => one.ok) ? 0 : 3;
  },
};
