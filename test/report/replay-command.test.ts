import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCommand, replayCommand } from '../../harness/report/replay-command.ts';
import * as made from './made.ts';

/** The words that a real shell makes of a line. */
function shellWords(line: string): string[] {
  const out = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'buffer' }).toString('utf8');
  return out.split('\0').slice(0, -1);
}

const subject = { problem: 'dining-philosophers', file: 'mine.ts', seed: 7 };
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((s) => s.replaceAll('\0', ''));

describe('the replay command', () => {
  it('is read by a real shell as exactly this schedule and this case', () => {
    fc.assert(
      fc.property(
        text,
        fc.dictionary(text, fc.integer(), { noNullPrototype: true }),
        text,
        (schedule, c, name) => {
          const file = `${name}.ts`;
          const words = shellWords(
            replayCommand({ ...subject, file }, { schedule, mode: 'controlled', case: c }),
          );
          expect(words.slice(0, 4)).toEqual(['npx', 'lab', 'replay', 'dining-philosophers']);
          expect([file, `./${file}`]).toContain(words[4]);
          expect(words.slice(5)).toEqual(['--schedule', schedule, '--case', JSON.stringify(c)]);
          expect(JSON.parse(words[8])).toEqual(c);
        },
      ),
      { numRuns: 80 },
    );
  });
  it('quotes schedule and case singly, and leaves a plain file name bare', () => {
    expect(replayCommand(subject, made.deadlock)).toBe(
      `npx lab replay dining-philosophers mine.ts --schedule 'v1 a1 b1' --case '{"seats":2,"meals":1}'`,
    );
  });
  it('never lets a file name pass for an option', () => {
    expect(checkCommand({ ...subject, file: '--json' })).toBe('npx lab check dining-philosophers ./--json');
  });
  it('is the free run again where the kernel scheduled', () => {
    expect(replayCommand(subject, { ...made.unsafe, mode: 'free', schedule: null })).toBe(
      `npx lab free dining-philosophers mine.ts --case '{"seats":2,"meals":1}'`,
    );
  });
  it('is the check with the same seed where no single run shows the finding', () => {
    expect(replayCommand(subject, made.overSynchronised)).toBe(
      'npx lab check dining-philosophers mine.ts --seed 7',
    );
  });
});
