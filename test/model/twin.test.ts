import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unmodelled } from '../../harness/model/suspend.ts';
import { home } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { HANDLE_GETTERS } from '../../harness/problem/twin/steps.ts';
import { twin } from '../../harness/problem/twin.ts';
import { aboveGenerated, generated } from './generated.ts';
import { beyond, crashes, programs } from './programs.ts';
import { asTwin, asWritten, handles, MOST_STEPS, program } from './two-ways.ts';

describe('a twin', () => {
  it.each(programs.map(([name, body, above]) => [name, program(body, above)]))(
    'does the same: %s',
    (_, source) => {
      const written = asWritten(source);
      for (const room of [1, 3, 100]) expect(asTwin(source, room)).toEqual(written);
    },
  );

  it.each(beyond.map(([name, body, above]) => [name, program(body, above)]))(
    'says that it cannot: %s',
    (_, source) => {
      expect(() => asTwin(source)).toThrow(Unmodelled);
    },
  );

  it('throws what the original throws, or says that it cannot', () => {
    let same = 0;
    for (const body of crashes) {
      const source = program(body);
      try {
        expect(asTwin(source)).toEqual(asWritten(source));
        same++;
      } catch (e) {
        if (!(e instanceof Unmodelled)) throw e;
      }
    }
    expect(same).toBeGreaterThan(crashes.length * 0.7);
  });

  it('does the same in programs made at random, or says that it cannot', () => {
    let modelled = 0;
    let asked = 0;
    fc.assert(
      fc.property(generated, fc.constantFrom(1, 4, 50), (body, room) => {
        const source = program(body, aboveGenerated);
        const written = asWritten(source);
        fc.pre(written.log.length < MOST_STEPS);
        asked++;
        try {
          expect(asTwin(source, room)).toEqual(written);
          modelled++;
        } catch (e) {
          if (!(e instanceof Unmodelled)) throw e;
        }
      }),
      { numRuns: 100 },
    );
    expect(modelled).toBeGreaterThan(asked * 0.9);
  });

  it('exists for every solution and every starter', async () => {
    const files = ['solutions', 'problems'].flatMap((folder) =>
      readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !path.endsWith('problem.ts'))
        .map((path) => join(home, folder, path)),
    );
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) {
      const made = (await compile(file)).twin;
      expect(typeof made === 'string' ? '' : `${file}: ${made.reason}`).toBe('');
      expect(() => new Script(made as string)).not.toThrow();
    }
  });

  it('says where what it cannot do stands', () => {
    expect(twin('let o = {};\n\nnew Proxy(o, {});')).toEqual({ reason: 'Proxy', line: 3 });
  });

  it('has the lines of what it was made from', () => {
    const lines = [
      'let x = [',
      '  1,',
      '].map((i) => {',
      '  return here_1(i);',
      '});',
      'for (',
      '  const i',
      '  of x',
      ')',
      '  here_2(i);',
    ];
    const made = twin(lines.join('\n')) as string;
    const at = (text: string, what: string): number =>
      text.split('\n').findIndex((line) => line.includes(what));
    for (const what of ['here_1', 'here_2']) expect(at(made, what)).toBe(at(lines.join('\n'), what) + 1);
  });

  it('knows every property of a handle that is a step', () => {
    const getters = new Set<string>();
    for (const handle of Object.values(handles())) {
      const methods = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(handle));
      for (const [name, { get }] of Object.entries(methods)) if (get) getters.add(name);
    }
    expect(getters).toEqual(new Set(HANDLE_GETTERS));
  });
});
