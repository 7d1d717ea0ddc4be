import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labHunt, strategyNames } from '../../harness/hunt/lab-hunt.ts';
import { home } from '../../harness/problem/catalogue.ts';
import { seedMissed } from '../report/made-seeds.ts';
import { engineWith, folder, lab } from './shell.ts';

const mine = "import problem from 'interleave/problems/dining-philosophers';\n";

/** What the engine is asked for. */
async function asked(argv: readonly string[]): Promise<unknown> {
  let request: unknown;
  const own = engineWith().engine;
  const { engine } = engineWith({
    hunt: (given) => {
      request = given;
      return own.hunt(given);
    },
  });
  await lab(['hunt', ...argv], { engine, cwd: folder({ 'mine.ts': mine, 'none.ts': '' }) });
  return request;
}

describe('lab hunt', () => {
  it('reads the problem off a file that is given alone', async () => {
    expect(await asked(['mine.ts'])).toEqual({ slug: 'dining-philosophers', file: 'mine.ts' });
  });
  it('takes the file of the student where the problem is given alone', async () => {
    expect(await asked(['dining-philosophers'])).toMatchObject({ file: 'work/dining-philosophers.ts' });
  });
  it('hands on all that it is given', async () => {
    const options =
      '--strategy urw --schedules 9 --seeds 3..7 --processes --case {"seats":2,"meals":1}'.split(' ');
    expect(await asked(['dining-philosophers', 'mine.ts', ...options])).toEqual({
      slug: 'dining-philosophers',
      file: 'mine.ts',
      strategy: 'urw',
      schedules: 9,
      seeds: [3, 7],
      processes: true,
      case: { seats: 2, meals: 1 },
    });
  });
  it.each(['x', '7..3', '1..', '1...3', '0..9999999', '-1'])('refuses the seeds %s', async (seeds) => {
    const { code, flatError } = await lab(['hunt', 'dining-philosophers', 'mine.ts', `--seeds=${seeds}`]);
    expect(code).toBe(2);
    expect(flatError).toContain('as in --seeds 1..200');
  });
  it('says where a file names no problem, or is not there', async () => {
    const cwd = folder({ 'none.ts': '' });
    expect((await lab(['hunt', 'none.ts'], { cwd })).flatError).toContain(
      'does not say which problem it solves',
    );
    expect((await lab(['hunt', 'gone.ts'], { cwd })).flatError).toContain("there is no file 'gone.ts'");
  });
  it('exits with 1 where something is found, and 0 where nothing is', async () => {
    const found = engineWith().engine;
    const none = engineWith({
      hunt: async (r) => ({ ...(await found.hunt(r)), seeds: [seedMissed] }),
    }).engine;
    expect((await lab(['hunt', 'dining-philosophers', 'm.ts'], { engine: found })).code).toBe(1);
    expect((await lab(['hunt', 'dining-philosophers', 'm.ts'], { engine: none })).code).toBe(0);
  });
});

describe('the engine of lab hunt', () => {
  const slug = 'dining-philosophers';
  const broken = join(home, 'solutions', slug, 'broken', 'naive.ts');
  const right = join(home, 'solutions', slug, 'ordered-forks.ts');
  const request = {
    slug,
    file: broken,
    case: { seats: 3, meals: 1 },
    schedules: 400,
    seeds: [4, 6] as const,
  };

  it('names the strategies that there are', async () => {
    await expect(labHunt({ ...request, strategy: 'urv' })).rejects.toThrow(
      `there is no strategy 'urv'. Did you mean 'urw'? There are ${strategyNames.join(', ')}.`,
    );
    await expect(labHunt({ ...request, strategy: 'exhaustive', processes: true })).rejects.toThrow(
      'plays in the model only',
    );
  });
  it('counts the same in the model and on processes, for one team and for two', {
    timeout: 60_000,
  }, async () => {
    const modelled = await labHunt({ ...request, teams: 2 });
    const real = await labHunt({ ...request, processes: true, teams: 1 });
    expect(modelled.seeds.map((s) => s.seed)).toEqual([4, 5, 6]);
    expect(modelled.seeds.every((s) => s.kind === 'deadlock' && s.played === 'modelled')).toBe(true);
    expect(real.seeds).toEqual(modelled.seeds.map((s) => ({ ...s, played: 'processes' })));
  });
  it('gives each seed the same figure by itself', { timeout: 60_000 }, async () => {
    const all = await labHunt({ ...request, strategy: 'urw', teams: 1 });
    const last = await labHunt({ ...request, strategy: 'urw', seeds: [6, 6], teams: 1 });
    expect(last.seeds).toEqual(all.seeds.slice(-1));
  });
  it('proves by exhaustive search, and finds the one run that fails', { timeout: 60_000 }, async () => {
    const exhaustive = { ...request, strategy: 'exhaustive', seeds: [0, 0] as const, teams: 1 };
    const [proof] = (await labHunt({ ...exhaustive, file: right })).seeds;
    expect(proof).toMatchObject({ kind: null, proved: true, schedules: 2 ** 3 - 2 });
    const [found] = (await labHunt(exhaustive)).seeds;
    expect(found).toMatchObject({ kind: 'deadlock', proved: false });
  });
  it('is named in the help and in the README', () => {
    expect(readFileSync(join(home, 'README.md'), 'utf8')).toContain('npx lab hunt');
  });
});
