import { describe, expect, it } from 'vitest';
import {
  type Claim,
  failing,
  verifiedJson,
  verifiedSum,
  verifiedText,
} from '../../harness/report/verified.ts';
import { paper } from './made.ts';

const holds: Claim = {
  about: 'reference',
  name: 'waiter.ts',
  ok: true,
  expected: 'accepted',
  found: 'accepted',
};
const fails: Claim = {
  about: 'broken',
  name: 'broken/naive.ts',
  ok: false,
  expected: 'deadlock',
  found: 'accepted',
};
const verified = { id: 'dining-philosophers', title: 'Dining philosophers', claims: [holds, fails] };

describe('what is verified of a problem', () => {
  it('is a line for each claim, and says what was expected where one fails', () => {
    expect(verifiedText(verified, paper())).toEqual([
      'Dining philosophers (dining-philosophers)',
      '  ✓  reference  waiter.ts        accepted',
      '  ✗  broken     broken/naive.ts  accepted; expected: deadlock',
    ]);
  });
  it('is summed up', () => {
    expect(verifiedSum([verified], paper())).toEqual(['✗ 1 of 2 claims do not hold.']);
    expect(verifiedSum([{ ...verified, claims: [holds] }], paper())).toEqual(['✓ 1 claim, and all hold.']);
    expect(failing([verified])).toBe(1);
  });
  it('is well in JSON only where every claim holds', () => {
    expect(verifiedJson([verified])).toMatchObject({
      version: 1,
      ok: false,
      problems: [{ ok: false, claims: [holds, fails] }],
    });
    expect(verifiedJson([{ ...verified, claims: [holds] }]).ok).toBe(true);
  });
});
