import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Family, holdersOf, kill } from './family.ts';

const families: Family[] = [];
afterEach(() => {
  for (const family of families.splice(0)) family.clear();
});
const start = (...given: string[]): Family => {
  const family = new Family(...given);
  families.push(family);
  return family;
};

const right = ['dining-philosophers', 'solutions/dining-philosophers/ordered-forks.ts'];
const wrong = ['producer-consumer', 'solutions/producer-consumer/broken/one-condition.ts'];
/** A check that goes on for longer than anyone waits here. */
const long = (): Family => start('check', ...right, '--schedules', '500000', '--json');
/** Moments after which somebody is killed, in milliseconds, each a little later at random. */
const around = (...moments: readonly number[]): number[] =>
  moments.map((ms) => Math.round(ms + Math.random() * 20));

describe('when the command is killed', () => {
  // From before anything has started to well into the hunt.
  it.each(around(0, 20, 40, 60, 80, 100, 130, 160, 200, 300, 500))(
    'nothing is left, after %d ms',
    async (ms) => {
      const family = long();
      const stop = performance.now() + ms;
      while (performance.now() < stop) {
        family.members();
        await delay(5);
      }
      family.members();
      expect(kill(family.pid)).toBe(true);
      await family.ended;
      expect(await family.leftovers()).toEqual([]);
    },
  );
  it('nothing is left in the middle of free runs', async () => {
    const family = start('check', ...right, '--only', 'free', '--json');
    await family.until(() => family.playing('worker.cjs').slice(4));
    kill(family.pid);
    expect(await family.leftovers()).toEqual([]);
  });
  it('nothing is left of a replay or of an examination of the machine either', async () => {
    for (const given of [
      ['doctor'],
      ['replay', ...right, '--schedule', 'v1 a5', '--case', '{"seats":3,"meals":1}'],
    ]) {
      for (const ms of [60, 120, 180]) {
        const family = start(...given);
        await delay(ms);
        family.members();
        kill(family.pid);
        expect(await family.leftovers()).toEqual([]);
      }
    }
  });
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'nothing is left by %s to all of them, as from a terminal',
    async (signal) => {
      const family = long();
      await family.until(() => family.playing('worker.cjs'));
      process.kill(-family.pid, signal);
      const { code } = await family.ended;
      expect(code).not.toBe(0);
      expect(await family.leftovers()).toEqual([]);
    },
  );
  it('what it had started did live and did share memory: there was something to be left', async () => {
    const family = long();
    await family.until(() => family.playing('worker.cjs').slice(1));
    expect(family.playing('referee.cjs').length).toBeGreaterThan(0);
    await family.until(() => family.shared());
    expect(holdersOf(family.memory).length).toBeGreaterThan(1);
    kill(family.pid);
    expect(await family.leftovers()).toEqual([]);
  });
});

describe('when a referee is killed', () => {
  it.each(around(0, 30, 80, 200, 400))('the command says so and ends with 3, after %d ms', async (ms) => {
    const family = long();
    const [referee] = await family.until(() => family.playing('referee.cjs'));
    await delay(ms);
    family.members();
    kill(referee.pid);
    const { code, out } = await family.ended;
    expect(code).toBe(3);
    const { kind, message } = JSON.parse(out).error;
    expect(kind).toBe('lab');
    expect(message).toMatch(/referee was ended by SIGKILL\. This is not about your solution/);
    expect(await family.leftovers()).toEqual([]);
  });
});

describe('when a worker is killed', () => {
  it.each(around(0, 40, 100, 250))('a right solution is accepted all the same, after %d ms', async (ms) => {
    const family = start('check', ...right, '--schedules', '3000', '--json');
    const workers = await family.until(() => family.playing('worker.cjs'));
    await delay(ms);
    family.members();
    const killed = kill(workers[Math.floor(Math.random() * workers.length)].pid);
    const { code, out, error } = await family.ended;
    expect({ killed, code, out, error }).toMatchObject({ killed: true, code: 0 });
    expect(JSON.parse(out)).toMatchObject({ verdict: 'accepted' });
    expect(await family.leftovers()).toEqual([]);
  });
  it.each(around(0, 20, 50, 80))(
    'a wrong one is rejected for what is wrong with it, after %d ms',
    async (ms) => {
      const family = start('check', ...wrong, '--json');
      const workers = await family.until(() => family.playing('worker.cjs'));
      await delay(ms);
      kill(workers[Math.floor(Math.random() * workers.length)].pid);
      const { code, out, error } = await family.ended;
      expect({ code, out, error }).toMatchObject({ code: 1 });
      expect(JSON.parse(out).findings).toMatchObject([{ kind: 'deadlock' }]);
      expect(await family.leftovers()).toEqual([]);
    },
  );
});

describe('the check for leftovers', () => {
  it('finds a process, a memory object and a file', async () => {
    const ended = start('help');
    await ended.ended;
    expect(ended.remains()).toEqual([]);
    const going = long();
    await going.until(() => going.playing('worker.cjs'));
    for (const inode of await going.until(() => going.shared())) ended.memory.add(inode);
    expect(going.remains().some((line) => /^process \d+: .*worker\.cjs/.test(line))).toBe(true);
    expect(ended.remains().some((line) => /^memory held by \d+/.test(line))).toBe(true);
    writeFileSync(join(ended.temporary, 'left.txt'), '');
    expect(ended.remains()).toContain('temporary file left.txt');
  });
});
