import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckRequest, Verdict } from '../../harness/check/verdict.ts';
import * as made from '../report/made.ts';
import { engineWith, folder, lab, put } from './shell.ts';

const work = 'work/dining-philosophers.ts';
const judging = (verdict: Verdict) =>
  engineWith({ check: async (request) => ({ ...verdict, file: request.file }) }).engine;

describe('lab check', () => {
  it.each([
    [made.accepted, 0],
    [made.rejected, 1],
    [made.failed, 3],
  ])('ends with the code of its verdict', async (verdict, code) => {
    const cwd = folder({ 'mine.ts': '' });
    const result = await lab(['check', 'dining-philosophers', 'mine.ts'], { cwd, engine: judging(verdict) });
    expect(result.code).toBe(code);
    expect(result.out).toMatch(/^[✓✗!] /);
    expect(result.error).toBe('');
  });
  it.each([made.accepted, made.rejected, made.failed])(
    'prints one object and nothing else with --json',
    async (verdict) => {
      const cwd = folder({ 'mine.ts': '' });
      const { out, error } = await lab(['check', 'dining-philosophers', 'mine.ts', '--json'], {
        cwd,
        engine: judging(verdict),
      });
      expect(out.trimEnd()).not.toContain('\n');
      expect(JSON.parse(out)).toMatchObject({ version: 1, verdict: verdict.verdict, file: 'mine.ts' });
      expect(error).toBe('');
    },
  );
  it('asks for what the options say, and leaves the rest to the engine', async () => {
    const { engine, asked } = engineWith();
    const cwd = folder({ 'mine.ts': '', [work]: '' });
    await lab(
      [
        'check',
        'dining-philosophers',
        'mine.ts',
        '--seed',
        '7',
        '--schedules=50',
        '--seconds',
        '2',
        '--only',
        'free',
      ],
      { cwd, engine },
    );
    await lab(['check', 'dining-philosophers'], { cwd, engine });
    expect(asked).toEqual([
      { slug: 'dining-philosophers', file: 'mine.ts', seed: 7, schedules: 50, seconds: 2, only: 'free' },
      { slug: 'dining-philosophers', file: work },
    ] satisfies CheckRequest[]);
  });
  it('says how to begin where the student has no file yet', async () => {
    const { code, flatError } = await lab(['check', 'dining-philosophers']);
    expect(code).toBe(2);
    expect(flatError).toContain(
      'work/dining-philosophers.ts: there is no such file here. Begin with `npx lab start dining-philosophers`',
    );
  });
  it('knows an unknown problem before it looks for a file', async () => {
    const { code, flatError } = await lab(['check', 'dinning']);
    expect(code).toBe(2);
    expect(flatError).toContain("Did you mean 'dining-philosophers'?");
  });
  it("shows the student's own lines, from the file as it is", async () => {
    const cwd = folder({ 'mine.ts': made.source.join('\n') });
    const { out } = await lab(['check', 'dining-philosophers', 'mine.ts'], {
      cwd,
      engine: judging(made.rejected),
    });
    expect(out).toContain('4 forks[me.left].lock();');
  });

  describe('progress', () => {
    const working = engineWithProgress();
    function engineWithProgress() {
      return () =>
        engineWith({
          check: async (request, onProgress) => {
            onProgress?.({
              phase: 'controlled',
              schedules: 1200,
              planned: 3000,
              case: { seats: 2, meals: 1 },
            });
            return { ...made.accepted, file: request.file };
          },
        }).engine;
    }
    it('is one line of stderr that is wiped before the verdict', async () => {
      const cwd = folder({ 'mine.ts': '' });
      const { error, out } = await lab(['check', 'dining-philosophers', 'mine.ts'], {
        cwd,
        engine: working(),
        columns: 80,
      });
      expect(error).toBe('\r\u001b[2Khunting: 1,200 of 3,000 schedules, 2 seats, 1 meal\r\u001b[2K');
      expect(out).not.toContain('hunting');
    });
    it('never takes a second line', async () => {
      const cwd = folder({ 'mine.ts': '' });
      const { error } = await lab(['check', 'dining-philosophers', 'mine.ts'], {
        cwd,
        engine: working(),
        columns: 20,
      });
      expect(error).toBe('\r\u001b[2Khunting: 1,200 of…\r\u001b[2K');
    });
    it('is not shown where stderr is no terminal', async () => {
      const cwd = folder({ 'mine.ts': '' });
      expect((await lab(['check', 'dining-philosophers', 'mine.ts'], { cwd, engine: working() })).error).toBe(
        '',
      );
    });
  });
});

describe('what is remembered', () => {
  const state = async (cwd: string) => {
    const { problems } = JSON.parse((await lab(['list', '--json'], { cwd })).out);
    return [problems[0].state, ...problems[0].kinds].join(' ');
  };
  const check = (cwd: string, verdict: Verdict, ...options: string[]) =>
    lab(['check', 'dining-philosophers', ...options], { cwd, engine: judging(verdict) });

  it('follows the file from nothing to accepted, and back to an earlier state', async () => {
    const cwd = folder();
    expect(await state(cwd)).toBe('not started');
    await lab(['start', 'dining-philosophers'], { cwd });
    expect(await state(cwd)).toBe('started');
    put(cwd, work, 'naive');
    await check(cwd, made.rejected);
    expect(await state(cwd)).toBe('rejected deadlock');
    put(cwd, work, 'ordered');
    expect(await state(cwd)).toBe('changed deadlock');
    await check(cwd, made.accepted);
    expect(await state(cwd)).toBe('accepted');
    put(cwd, work, 'naive');
    expect(await state(cwd)).toBe('rejected deadlock');
  });
  it('is nothing where the lab failed, or the file is another one', async () => {
    const cwd = folder({ [work]: 'a', 'mine.ts': 'a' });
    await check(cwd, made.failed);
    await check(cwd, made.rejected, 'mine.ts');
    expect(await state(cwd)).toBe('started');
  });
  it.each([
    ['--only', 'free'],
    ['--schedules', '1'],
    ['--seconds', '1'],
  ])('is no acceptance where not all was tried: %s %s', async (...options) => {
    const cwd = folder({ [work]: 'a' });
    await check(cwd, made.accepted, ...options);
    expect(await state(cwd)).toBe('started');
    await check(cwd, made.rejected, ...options);
    expect(await state(cwd)).toBe('rejected deadlock');
  });
  it('is nothing where the file was changed while it was checked', async () => {
    const cwd = folder({ [work]: 'a' });
    const engine = engineWith({
      check: async (request) => {
        put(cwd, work, 'b');
        return { ...made.rejected, file: request.file };
      },
    }).engine;
    await lab(['check', 'dining-philosophers'], { cwd, engine });
    expect(await state(cwd)).toBe('started');
  });
  it.each(['', '{', 'null', '{"version":1,"checks":[null,{"problem":3}]}', '{"version":2,"checks":[]}'])(
    'starts afresh where it cannot be read: %o',
    async (text) => {
      const cwd = folder({ [work]: 'a', 'work/.lab.json': text });
      expect(await state(cwd)).toBe('started');
      await check(cwd, made.rejected);
      expect(await state(cwd)).toBe('rejected deadlock');
    },
  );
  it('keeps the last twenty verdicts, and no other file lies about', async () => {
    const cwd = folder();
    for (let i = 0; i < 25; i++) {
      put(cwd, work, `version ${i}`);
      await check(cwd, made.rejected);
    }
    expect(JSON.parse(readFileSync(join(cwd, 'work/.lab.json'), 'utf8')).checks).toHaveLength(20);
    expect(readdirSync(join(cwd, 'work')).sort()).toEqual(['.lab.json', 'dining-philosophers.ts']);
  });
});
