import { describe, expect, it } from 'vitest';
import { BadInput, LabError } from '../../harness/check/verdict.ts';
import { commands } from '../../harness/cli/run.ts';
import { engineWith, folder, lab } from './shell.ts';

const mine = () => folder({ 'mine.ts': 'export default {};' });
const names = commands.map((command) => command.name).filter(Boolean);
const failingWith = (error: unknown) =>
  engineWith({
    check: async () => {
      throw error;
    },
  }).engine;

describe('a call that the lab does not know', () => {
  it.each([
    [['chekc', 'x'], "unknown command 'chekc'. Did you mean `npx lab check`?"],
    [['frobnicate'], "unknown command 'frobnicate'. The commands are list, start, check,"],
    [['check', 'x', '--sed', '3'], "unknown option '--sed'. Did you mean '--seed'?"],
    [['check', 'x', '--schedule=3'], "unknown option '--schedule'. Did you mean '--schedules'?"],
    [['list', '-q'], "unknown option '-q'."],
    [['--sed'], "unknown option '--sed'."],
    [['check'], '<slug> is missing. Usage: npx lab check <slug> [file] [options]'],
    [['check', 'a', 'b', 'c'], "'c' is one argument too many."],
    [['check', 'x', '--seed'], '--seed needs a value: --seed N.'],
    [['check', 'x', '--seed', '--json'], '--seed needs a value'],
    [['check', 'x', '--json=yes'], "--json takes no value, and was given 'yes'."],
    [['check', 'x', '--only', 'slow'], "--only 'slow': the kinds of run are 'controlled' and 'free'."],
    [['replay', 'x', 'mine.ts', '--case', '{}'], '--schedule is missing. Paste the whole command'],
    [['help', 'chekc'], "unknown command 'chekc'. Did you mean `npx lab check`?"],
  ])('%j ends with 2 and one message', async (argv, message) => {
    const { code, out, flatError } = await lab(argv, { cwd: mine() });
    expect(code).toBe(2);
    if (argv.includes('--json')) expect(JSON.parse(out).error.kind).toBe('usage');
    else {
      expect(out).toBe('');
      expect(flatError).toContain(`error: ${message}`);
    }
  });

  it.each(['0', '-1', '1.5', '1e3', 'many', '', ' 7', '99999999999999999999', 'NaN', '0x10', '１'])(
    'ends with 2 where --schedules is %o, and names it',
    async (value) => {
      const { code, flatError } = await lab(
        ['check', 'dining-philosophers', 'mine.ts', '--schedules', value],
        { cwd: mine() },
      );
      expect(code).toBe(2);
      expect(flatError).toContain(
        value === ''
          ? 'needs a value'
          : `--schedules '${value}': give a whole number from 1 to`.replace(/\s+/g, ' '),
      );
    },
  );
});

describe('exit codes', () => {
  const check = ['check', 'dining-philosophers', 'mine.ts'];
  it('are 2 for bad input, with its one message', async () => {
    const { code, error } = await lab(check, {
      cwd: mine(),
      engine: failingWith(new BadInput('mine.ts: no default export. Export one.')),
    });
    expect({ code, error }).toEqual({ code: 2, error: 'error: mine.ts: no default export. Export one.\n' });
  });
  it.each([new LabError('this kernel has no futex.'), new TypeError('x is not a function')])(
    'are 3 for what is not the fault of the student, and say whose it is: %o',
    async (failure) => {
      const { code, flatError } = await lab(check, { cwd: mine(), engine: failingWith(failure) });
      expect(code).toBe(3);
      expect(flatError).toContain(failure.message);
      expect(flatError).toContain('not of your solution');
      expect(flatError).not.toContain('usage.test.ts');
    },
  );
  it('come with the stack only where LAB_DEBUG=1 asks for it', async () => {
    const { flatError } = await lab(check, {
      cwd: mine(),
      env: { LAB_DEBUG: '1' },
      engine: failingWith(new Error('oh')),
    });
    expect(flatError).toContain('usage.test.ts');
  });
  it('are the same with --json, and the one object on stdout says why', async () => {
    for (const [failure, code, kind] of [
      [new BadInput('no.'), 2, 'input'],
      [new LabError('no.'), 3, 'lab'],
    ] as const) {
      const result = await lab([...check, '--json'], { cwd: mine(), engine: failingWith(failure) });
      expect(result.code).toBe(code);
      expect(JSON.parse(result.out)).toEqual({ version: 1, error: { kind, message: 'no.' } });
      expect(result.error).toBe('');
    }
  });
});

describe('help', () => {
  it.each(names)('explains %s, however it is asked for', async (name) => {
    const asked = [await lab(['help', name]), await lab([name, '--help']), await lab([name, '-h'])];
    for (const { code, out } of asked) {
      expect(code).toBe(0);
      expect(out).toBe(asked[0].out);
    }
    const command = commands.find((one) => one.name === name)!;
    for (const option of Object.keys(command.options)) expect(asked[0].out).toContain(`--${option}`);
    expect(asked[0].out).toContain(`npx lab ${name}`);
  });
  it.each([[['help']], [['--help']], [['-h']]])('lists all commands for %j', async (argv) => {
    const { code, out } = await lab(argv);
    expect(code).toBe(0);
    for (const name of names) expect(out).toMatch(new RegExp(`^ {2}lab ${name} `, 'm'));
  });
  it('keeps to the width of the terminal', async () => {
    for (const name of ['', ...names]) {
      const { out } = await lab(name ? ['help', name] : ['help'], { columns: 50, env: { NO_COLOR: '1' } });
      for (const line of out.split('\n'))
        if (!line.startsWith('  npx lab ')) expect(line.length, line).toBeLessThanOrEqual(50);
    }
  });
  it('is one object with --json', async () => {
    const { out } = await lab(['help', '--json']);
    expect(JSON.parse(out).commands.map((c: { name: string }) => c.name)).toEqual(
      commands.map((c) => c.name),
    );
  });
  it('needs no operands', async () => {
    expect((await lab(['replay', '--help'])).code).toBe(0);
  });
});

describe('the version', () => {
  const home = () => folder({ 'package.json': '{"version":"1.2.3"}' });
  it('is that of the package', async () => {
    expect((await lab(['--version'], { engine: engineWith({}, home()).engine })).out).toBe('1.2.3\n');
    const json = await lab(['--version', '--json'], { engine: engineWith({}, home()).engine });
    expect(JSON.parse(json.out)).toEqual({ version: 1, lab: '1.2.3' });
  });
});

describe('colours', () => {
  const painted = async (env: Record<string, string>, columns?: number, ...options: string[]) =>
    (await lab(['list', ...options], { env, ...(columns && { columns }) })).out.includes('\u001b[');
  it('are on only on a terminal where nobody asked to leave them out', async () => {
    expect(await painted({}, 80)).toBe(true);
    expect(await painted({ NO_COLOR: '' }, 80)).toBe(true);
    expect(await painted({})).toBe(false);
    expect(await painted({ NO_COLOR: '1' }, 80)).toBe(false);
    expect(await painted({ TERM: 'dumb' }, 80)).toBe(false);
    expect(await painted({}, 80, '--no-color')).toBe(false);
  });
});
