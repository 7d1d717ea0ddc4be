import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as made from '../report/made.ts';
import { engineWith, folder, lab, put } from './shell.ts';

const work = 'work/dining-philosophers.ts';

describe('lab', () => {
  it('says where the student stands, and the next thing to do', async () => {
    const { code, out } = await lab([]);
    expect(code).toBe(0);
    expect(out).toContain('0 of 1 problems accepted');
    expect(out).toContain('npx lab start dining-philosophers');
  });
  it('is one object with --json', async () => {
    expect(JSON.parse((await lab(['--json'])).out).next.command).toBe('npx lab start dining-philosophers');
  });
});

describe('lab start', () => {
  it('copies the starter, and says what comes next', async () => {
    const cwd = folder();
    const { code, out } = await lab(['start', 'dining-philosophers'], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, work), 'utf8')).toBe('export default {};\n');
    expect(out).toContain('npx lab check dining-philosophers');
  });
  it('never overwrites', async () => {
    const cwd = folder({ [work]: 'mine' });
    const { code, flatError } = await lab(['start', 'dining-philosophers'], { cwd });
    expect(code).toBe(2);
    expect(flatError).toContain('work/dining-philosophers.ts is there already, and nothing is overwritten');
    expect(readFileSync(join(cwd, work), 'utf8')).toBe('mine');
  });
  it('says so where work is no folder', async () => {
    const { code, flatError } = await lab(['start', 'dining-philosophers'], {
      cwd: folder({ work: 'a file' }),
    });
    expect(code).toBe(2);
    expect(flatError).toContain('work/dining-philosophers.ts cannot be written');
  });
  it('makes a missing starter the fault of the lab', async () => {
    const { code } = await lab(['start', 'dining-philosophers'], { engine: engineWith({}, folder()).engine });
    expect(code).toBe(3);
  });
  it('is one object with --json', async () => {
    const { out } = await lab(['start', 'dining-philosophers', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      started: work,
      next: 'npx lab check dining-philosophers',
    });
  });
});

describe('lab replay', () => {
  const argv = [
    'replay',
    'dining-philosophers',
    'mine.ts',
    '--schedule',
    'v1 a1 b1',
    '--case',
    '{"seats":2,"meals":1}',
  ];
  it('plays exactly what it is given', async () => {
    let asked: unknown;
    const { engine } = engineWith({
      replay: async (request) => {
        asked = request;
        return { case: request.case, schedule: request.schedule, run: made.deadlock, said: [] };
      },
    });
    expect((await lab(argv, { engine })).code).toBe(0);
    expect(asked).toEqual({
      slug: 'dining-philosophers',
      file: 'mine.ts',
      schedule: 'v1 a1 b1',
      case: { seats: 2, meals: 1 },
    });
  });
  it('ends with 1 where the run breaks a rule', async () => {
    const { code, out } = await lab(argv);
    expect(code).toBe(1);
    expect(out).toContain('Deadlock:');
  });
  it('refuses a case that is none', async () => {
    const { code, error } = await lab([...argv, '--case', '{seats}']);
    expect({ code, error }).toEqual({ code: 2, error: "error: case '{seats}' is no JSON.\n" });
  });
  it('is one object with --json', async () => {
    expect(JSON.parse((await lab([...argv, '--json'])).out)).toMatchObject({
      version: 1,
      finding: { kind: 'deadlock' },
    });
  });
});

describe('lab free', () => {
  it('runs the case of the problem where none is given', async () => {
    const { code, flat } = await lab(['free', 'dining-philosophers', 'mine.ts', '--runs', '2']);
    expect(code).toBe(0);
    expect(flat).toContain('2 runs with 5 seats, 10 meals 2 meals/s (median; 1 to 3)');
  });
  it('ends with 1 where a rule is broken', async () => {
    const { engine } = engineWith({
      free: async ({ runs = 1 }) => ({
        case: { seats: 2, meals: 1 },
        runs,
        unit: 'meals',
        perSecond: [],
        findings: [made.unsafe],
      }),
    });
    const argv = ['free', 'dining-philosophers', 'mine.ts', '--case', '{"seats":2,"meals":1}'];
    expect((await lab(argv, { engine })).code).toBe(1);
    expect(JSON.parse((await lab([...argv, '--json'], { engine })).out).findings).toHaveLength(1);
  });
});

describe('lab doctor', () => {
  it('ends with 0 where nothing is lacking', async () => {
    expect((await lab(['doctor'])).code).toBe(0);
  });
  it('ends with 3 where something is', async () => {
    const { engine } = engineWith({
      examine: async () => [{ name: 'futex', ok: false, found: 'none', advice: 'A newer kernel.' }],
    });
    const { code, out } = await lab(['doctor'], { engine });
    expect(code).toBe(3);
    expect(out).toContain('→ A newer kernel.');
    expect(JSON.parse((await lab(['doctor', '--json'], { engine })).out).ok).toBe(false);
  });
});

describe('lab list', () => {
  it('shows how the work on each problem stands', async () => {
    const cwd = folder();
    put(cwd, work, 'mine');
    expect((await lab(['list'], { cwd })).out).toMatch(
      /^dining-philosophers {2}2 +Dining philosophers {2}started$/m,
    );
  });
});
