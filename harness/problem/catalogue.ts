// The problems that are there: the folders of problems/, each loaded from its compiled definition.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadInput } from './bad-input.ts';
import { builtFolder } from './built.ts';
import { nearest } from './nearest.ts';
import { between } from './parameter.ts';
import { type AnyProblem, problem } from './problem.ts';
import { sequential } from './sequential.ts';

function findHome(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'problems')) && existsSync(join(folder, 'bin', 'lab.js'))) return folder;
    // Compiled into another place, since the lab's own folder is read-only: a note beside it says where that is.
    const note = join(folder, 'package.json');
    const { interleave } = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : {};
    if (typeof interleave === 'string') return interleave;
    if (folder === dirname(folder)) throw new Error('the folder of the lab cannot be found');
  }
}

/** The package's root folder. */
export const home: string = findHome();

/** The names of all problems, in alphabetical order. */
export function slugs(): string[] {
  return readdirSync(join(home, 'problems'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(home, 'problems', entry.name, 'problem.ts')))
    .map((entry) => entry.name)
    .sort();
}

function checkSlug(slug: string): void {
  const known = slugs();
  if (known.includes(slug)) return;
  const close = nearest(slug, known);
  const hint = close ? `Did you mean '${close}'?` : `There are ${known.join(', ')}.`;
  throw new BadInput(`there is no problem '${slug}'. ${hint}`);
}

/** The compiled definition of a problem, as a worker loads it. Throws BadInput where there is no such problem. */
export async function programOf(slug: string): Promise<string> {
  checkSlug(slug);
  return readFileSync(join(await builtFolder(), 'problems', `${slug}.js`), 'utf8');
}

const loaded = new Map<string, AnyProblem>();

/** The problem in the folder `slug`. Throws BadInput where there is none. */
export async function problemOf(slug: string): Promise<AnyProblem> {
  const known = loaded.get(slug);
  if (known) return known;
  // A problem's own definition is the lab's code, written by a teacher; it is trusted, unlike a solution.
  const define = new Function(`return ${await programOf(slug)}`)() as (
    face: object,
    problem: object,
    deliver: (p: AnyProblem) => void,
  ) => void;
  let found: AnyProblem | undefined;
  define({ problem, between, sequential }, {}, (p) => {
    found = p;
  });
  if (found === undefined) throw new Error(`problems/${slug}/problem.ts has no default export`);
  if (found.id !== slug) throw new Error(`problems/${slug}/problem.ts says that its id is '${found.id}'`);
  loaded.set(slug, found);
  return found;
}

/** All problems, easiest first. */
export async function problems(): Promise<AnyProblem[]> {
  const all = await Promise.all(slugs().map(problemOf));
  return all.sort((a, b) => a.level - b.level || a.id.localeCompare(b.id));
}
