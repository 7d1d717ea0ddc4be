import { constants, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BadInput, LabError } from '../check/verdict.ts';
import { proseWidth } from '../report/page.ts';
import { indented } from '../report/wrap.ts';
import type { Command } from './command.ts';
import { readmeOf, workFile } from './standings.ts';

/** Copies without ever overwriting. */
function copy(starter: string, to: string, name: string, slug: string): void {
  try {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(starter, to, constants.COPYFILE_EXCL);
  } catch (error) {
    const { code, path, message, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && syscall === 'copyfile') {
      throw new BadInput(
        `${name} is there already, and nothing is overwritten. Go on with it: \`npx lab check ${slug}\`; or move it away to begin afresh.`,
      );
    }
    if (code === 'ENOENT' && path === starter)
      throw new LabError(`the starter of ${slug} is missing: ${starter}.`);
    throw new BadInput(`${name} cannot be written (${message}). Go to a folder that is yours and try again.`);
  }
}

export const start: Command = {
  name: 'start',
  summary: 'begin a problem: its starter becomes work/<slug>.ts',
  operands: ['slug'],
  options: {},
  about: ['The file is made in the current folder. A file that is there already is never overwritten.'],
  examples: ['npx lab start dining-philosophers'],
  async run({ engine, terminal, operands: [slug], json, page, print, printJson }) {
    const problem = await engine.problemOf(slug);
    const file = workFile(slug);
    const starter = join(await engine.home(), 'problems', slug, 'starter.ts');
    copy(starter, join(terminal.cwd, file), file, slug);
    const readme = await readmeOf(engine, terminal.cwd, slug);
    const command = `npx lab check ${slug}`;
    if (json) printJson({ version: 1, problem: slug, started: file, readme: readme ?? null, next: command });
    else {
      const { good, command: paint } = page.palette;
      print([
        good(`✓ ${file} is yours.`),
        '',
        ...indented(`${problem.title}: ${problem.summary}`, 0, proseWidth(page)),
        ...(readme ? indented(`The story, the rules and three hints: ${readme}`, 0, proseWidth(page)) : []),
        ...indented('Fill in the roles, then:', 0, proseWidth(page)),
        `  ${paint(command)}`,
      ]);
    }
    return 0;
  },
};
