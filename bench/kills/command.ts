// A whole command that is killed, with all that it has started.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { home, problems } from '../../harness/problem/catalogue.ts';
import { Family, kill } from '../../test/process/family.ts';
import type { Killed } from './lane.ts';
import { leftBy } from './left.ts';

/** A command is killed within so many milliseconds. */
const WITHIN = 2_000;

/** Solutions of the problems that are about mechanisms. */
async function solutions(): Promise<[slug: string, file: string][]> {
  const about = (await problems()).filter(({ mechanisms = [] }) => mechanisms.length > 0);
  return about.flatMap(({ id }) =>
    readdirSync(join(home, 'solutions', id))
      .filter((name) => name.endsWith('.ts'))
      .map((name): [string, string] => [id, `solutions/${id}/${name}`]),
  );
}

let all: [slug: string, file: string][] | undefined;

/** Kills `lab check` of a solution at a random moment. */
export async function killCommand(random: () => number): Promise<Killed> {
  all ??= await solutions();
  const [slug, file] = all[Math.floor(random() * all.length)];
  const mode = random() < 0.5 ? 'free' : 'controlled';
  const family = new Family('check', slug, file, '--only', mode, '--schedules', '500000', '--json');
  const seen = new Set<number>();
  const look = (): void => {
    for (const { pid } of family.members()) seen.add(pid);
  };
  const { temporary } = family;
  try {
    const stop = performance.now() + random() * WITHIN;
    while (performance.now() < stop) {
      look();
      await delay(20);
    }
    look();
    kill(family.pid);
    await family.ended;
    const left = (await family.leftovers()).filter((what) => !what.startsWith('temporary file'));
    for (const pid of seen) left.push(...(await leftBy(pid, temporary)));
    return {
      victim: 'command',
      subject: slug,
      mode,
      kills: 1,
      inRun: true,
      left: [...new Set(left)],
      wrong: [],
    };
  } finally {
    family.clear();
  }
}
