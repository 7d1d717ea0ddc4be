import { describe, expect, it } from 'vitest';
import { failureJson, failureText } from '../../harness/report/failure.ts';
import { paper } from './made.ts';

describe('a failure', () => {
  it('of the lab takes the blame off the student and asks for a report', () => {
    const flat = failureText({ kind: 'lab', message: 'the referee is gone.' }, paper()).join(' ');
    expect(flat).toContain('not of your solution');
    expect(flat).toContain('report');
  });
  it.each(['input', 'usage'] as const)('of the kind %s is its one message', (kind) => {
    expect(
      failureText({ kind, message: 'mine.ts: there is no such file. Name one that is there.' }, paper()),
    ).toEqual(['error: mine.ts: there is no such file. Name one that is there.']);
  });
  it('keeps the lines of a message of several', () => {
    expect(
      failureText({ kind: 'input', message: 'mine.ts:3:5: expected ";"\n  3 | lock()' }, paper()),
    ).toEqual(['error: mine.ts:3:5: expected ";"', '       3 | lock()']);
  });
  it('is one object in JSON', () => {
    expect(failureJson({ kind: 'input', message: 'no.' })).toEqual({
      version: 1,
      error: { kind: 'input', message: 'no.' },
    });
  });
});
