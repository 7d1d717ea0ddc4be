import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectationsOf } from '../../harness/report/expectations.ts';
import * as made from './made.ts';

const specification = {
  start: () => ({}),
  events: { eatBegins: { says: 'begins to eat', rules: { 'neighbours never eat together': () => true } } },
  ends: { 'everyone eats as often as asked': () => true },
  witnesses: { 'half of the table eats at once': { seen: () => true } },
};
const expectations = expectationsOf({ specification });
const brokenBy = (finding: Parameters<(typeof expectations)[0]['broken']>[0]) =>
  expectations.filter((one) => one.broken(finding)).map((one) => one.title);

describe('the expectations of a problem', () => {
  it('are one a rule, end rule and witness, and those of every solution', () => {
    expect(expectations.map((one) => one.title)).toEqual([
      'neighbours never eat together',
      'everyone eats as often as asked',
      'makes possible: half of the table eats at once',
      'does not deadlock',
      'has no data race',
      'lets everyone get on',
      'comes to an end',
      'uses every object by its rules',
      'does not crash',
      'leaves nothing held',
      'does the same under the same schedule',
      'breaks no other rule',
      'works at full speed',
    ]);
  });
  it('are broken by every finding, and by each exactly one', () => {
    const rules = fc.constantFrom(
      undefined,
      'neighbours never eat together',
      'half of the table eats at once',
      'another',
    );
    fc.assert(
      fc.property(made.findings, rules, (finding, rule) => {
        const { rule: _, ...rest } = finding;
        expect(brokenBy(rule === undefined ? rest : { ...rest, rule })).toHaveLength(1);
      }),
    );
  });
  it('name the rule before the kind, and full speed before both', () => {
    expect(brokenBy(made.unsafe)).toEqual(['neighbours never eat together']);
    expect(brokenBy(made.overSynchronised)).toEqual(['makes possible: half of the table eats at once']);
    expect(brokenBy(made.deadlock)).toEqual(['does not deadlock']);
    expect(brokenBy({ ...made.unsafe, mode: 'free' })).toEqual(['works at full speed']);
    expect(brokenBy({ ...made.unsafe, rule: 'another' })).toEqual(['breaks no other rule']);
  });
});
