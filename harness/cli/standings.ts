import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Standing } from '../report/standing.ts';
import type { Engine } from './engine.ts';
import { hashOf, recall, WORK } from './memory.ts';

/** The student's file for a problem, from the current folder. */
export const workFile = (slug: string): string => `${WORK}/${slug}.ts`;

/** The problem's story, as it is reached from `cwd`; undefined where it has none. */
export async function readmeOf(engine: Engine, cwd: string, slug: string): Promise<string | undefined> {
  const readme = join(await engine.home(), 'problems', slug, 'README.md');
  if (!existsSync(readme)) return undefined;
  const near = relative(cwd, readme);
  return near.startsWith('../../') ? readme : near;
}

/** How the student's work in `cwd` stands, problem by problem. */
export async function standings(engine: Engine, cwd: string): Promise<Standing[]> {
  const remembered = recall(cwd);
  const all = (await engine.problems()).map(async ({ id, title, level, summary }): Promise<Standing> => {
    const file = workFile(id);
    const hash = hashOf(join(cwd, file));
    const own = remembered.filter((r) => r.problem === id);
    const exact = own.find((r) => r.hash === hash);
    const last = own.at(-1);
    const state =
      hash === undefined ? 'not started' : (exact?.verdict ?? (last === undefined ? 'started' : 'changed'));
    const kinds = hash === undefined ? [] : ((exact ?? last)?.kinds ?? []);
    return { id, title, level, summary, state, kinds, file, readme: await readmeOf(engine, cwd, id) };
  });
  return Promise.all(all);
}
