import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { BadInput } from '../problem/bad-input.ts';
import { comparisonJson, comparisonText } from '../report/comparison.ts';
import { comparisonPage, type Plotting } from '../report/comparison-page.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';
import { wholeNumber } from './whole-number.ts';

/** Milliseconds for each size. */
const DEFAULT = 150;

/** uPlot as it is published. */
function plotting(): Plotting {
  const script = createRequire(import.meta.url).resolve('uplot/dist/uPlot.iife.min.js');
  const style = join(dirname(script), 'uPlot.min.css');
  return { script: readFileSync(script, 'utf8'), style: readFileSync(style, 'utf8') };
}

export const compare: Command = {
  name: 'compare',
  summary: 'what each mechanism of inter-process communication costs on this machine',
  operands: [],
  options: {
    only: { value: 'A,B', says: 'these mechanisms only' },
    milliseconds: {
      value: 'N',
      says: `time for round trips, and for messages one way, of each size (default ${DEFAULT})`,
    },
    html: { value: 'FILE', says: 'write a page with plots as well, which needs nothing but itself' },
  },
  about: [
    'Two processes send each other messages of 1 byte to 1 MiB over every mechanism, in one run, beside a program in C that does the same where there is a C compiler, and beside process.send of Node.',
    'The figures are those of this machine, now: measure while nothing else runs. Compare rows, not runs.',
  ],
  examples: ['npx lab compare', 'npx lab compare --only pipe,process.send --html compare.html'],
  async run({ engine, options, json, page, print, printJson, terminal }) {
    const { only, milliseconds, html } = options;
    const line = progressLine(terminal);
    const compared = await engine.compare(
      {
        milliseconds: wholeNumber('milliseconds', milliseconds, 1, 10_000) ?? DEFAULT,
        ...(typeof only === 'string' && { only: only.split(',').map((name) => name.trim()) }),
      },
      (name) => line.show(`measuring ${name}`),
    );
    line.clear();
    if (typeof html === 'string') {
      try {
        writeFileSync(resolve(terminal.cwd, html), comparisonPage(compared, plotting()));
      } catch (e) {
        throw new BadInput(
          `the page cannot be written to '${html}': ${(e as Error).message}. Name a file in a folder that exists.`,
        );
      }
    }
    if (json) printJson(comparisonJson(compared));
    else
      print([...comparisonText(compared, page), ...(typeof html === 'string' ? ['', `Plots: ${html}`] : [])]);
    return 0;
  },
};
