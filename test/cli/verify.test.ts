import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../harness/check/finding.ts';
import { BadInput, type Verdict } from '../../harness/check/verdict.ts';
import { declarationOf } from '../../harness/cli/declaration.ts';
import * as made from '../report/made.ts';
import { engineWith, folder, lab } from './shell.ts';

const declare = (...tags: string[]) =>
  `/**\n * What is wrong.\n *\n${tags.map((tag) => ` * ${tag}\n`).join('')} */\nexport default {};\n`;
const naive = declare(
  '@finding deadlock',
  '@misconception Locks are free.',
  '@smallest {"seats":2,"meals":1}',
);
const files = {
  'problems/dining-philosophers/starter.ts': '',
  'solutions/dining-philosophers/waiter.ts': '',
  'solutions/dining-philosophers/broken/naive.ts': naive,
  'solutions/dining-philosophers/broken/rude.ts': declare(
    '@finding unsafe',
    '@rule neighbours never eat together',
    '@misconception Forks are many.',
  ),
  'solutions/dining-philosophers/broken/early.ts': declare(
    '@finding lost|unsafe',
    '@misconception Fewer is enough.',
  ),
  'solutions/dining-philosophers/broken/one-lock.ts': declare(
    '@finding over-synchronised',
    '@misconception One lock\n * is enough.',
  ),
};
const rejectedFor = (finding: Finding): Verdict => ({ ...made.rejected, findings: [finding] });
const verdicts: Record<string, Verdict> = {
  'starter.ts': rejectedFor(made.crash),
  'waiter.ts': made.accepted,
  'naive.ts': rejectedFor(made.deadlock),
  'rude.ts': rejectedFor(made.unsafe),
  'early.ts': rejectedFor({ ...made.unsafe, kind: 'lost', rule: 'everyone eats as often as asked' }),
  'one-lock.ts': rejectedFor(made.overSynchronised),
};

async function verify(changed: Record<string, Verdict | Error> = {}, others: Record<string, string> = files) {
  const judged: Record<string, Verdict | Error> = { ...verdicts, ...changed };
  const { engine } = engineWith(
    {
      check: async ({ file }) => {
        const verdict = judged[basename(file)];
        if (verdict instanceof Error) throw verdict;
        return verdict;
      },
    },
    folder(others),
  );
  const { code, out } = await lab(['verify', 'dining-philosophers', '--json'], { engine });
  const claims: { name: string; ok: boolean; found: string }[] = JSON.parse(out).problems[0].claims;
  return { code, claims, wrong: claims.filter((c) => !c.ok).map((c) => `${c.name}: ${c.found}`) };
}

describe('lab verify', () => {
  it('ends with 0 where every claim holds', async () => {
    const { code, claims, wrong } = await verify();
    expect(wrong).toEqual([]);
    expect(code).toBe(0);
    expect(claims.map((c) => c.name)).toEqual([
      'starter.ts',
      'waiter.ts',
      'broken/early.ts',
      'broken/naive.ts',
      'broken/one-lock.ts',
      'broken/rude.ts',
      'neighbours never eat together',
      'everyone eats as often as asked',
      'half of the table eats at once',
    ]);
  });
  it.each<[string, string, Verdict | Error, string]>([
    ['the starter is accepted', 'starter.ts', made.accepted, 'starter.ts: accepted'],
    ['a reference is rejected', 'waiter.ts', rejectedFor(made.deadlock), 'waiter.ts: deadlock'],
    [
      'the lab failed on a reference',
      'waiter.ts',
      made.failed,
      'waiter.ts: error: the referee ended without a word (signal SIGKILL).',
    ],
    [
      'a reference does not compile',
      'waiter.ts',
      new BadInput('waiter.ts:1:1: no.'),
      'waiter.ts: waiter.ts:1:1: no.',
    ],
    [
      'a broken solution is accepted',
      'naive.ts',
      made.accepted,
      'broken/naive.ts: accepted; not the finding it declares',
    ],
    [
      'another finding comes out',
      'naive.ts',
      rejectedFor(made.crash),
      'broken/naive.ts: crash; not the finding it declares',
    ],
    [
      'it comes down to another case',
      'naive.ts',
      rejectedFor({ ...made.deadlock, case: { seats: 3, meals: 1 } }),
      'broken/naive.ts: deadlock; the smallest case is not 2 seats, 1 meal but 3 seats, 1 meal',
    ],
    [
      'a witness is missed by none',
      'one-lock.ts',
      rejectedFor({ ...made.overSynchronised, rule: 'another' }),
      'half of the table eats at once: broken by no solution',
    ],
    [
      'an end rule is broken by none',
      'early.ts',
      rejectedFor({ ...made.unsafe, kind: 'lost', rule: 'another' }),
      'everyone eats as often as asked: broken by no solution',
    ],
  ])('ends with 1 where %s', async (_, file, verdict, complaint) => {
    const { code, wrong } = await verify({ [file]: verdict });
    expect(code).toBe(1);
    expect(wrong).toEqual([complaint]);
  });
  it('complains of a declared rule that is not broken, and of the rule that nothing breaks', async () => {
    const { wrong } = await verify({ 'rude.ts': rejectedFor({ ...made.unsafe, rule: 'another' }) });
    expect(wrong).toEqual([
      "broken/rude.ts: unsafe; the rule 'neighbours never eat together' is not broken",
      'neighbours never eat together: broken by no solution',
    ]);
  });
  it('complains of a broken solution that declares nothing', async () => {
    const { wrong } = await verify(
      {},
      { ...files, 'solutions/dining-philosophers/broken/naive.ts': '// nothing\n' },
    );
    expect(wrong).toEqual(['broken/naive.ts: deadlock; it declares no @finding; it names no @misconception']);
  });
  it('complains where there is nothing to verify', async () => {
    expect((await verify({}, { x: '' })).wrong.slice(0, 2)).toEqual([
      'starter.ts: missing',
      'any: there is none',
    ]);
  });
  it('prints a table for each problem, and the sum', async () => {
    const { out, code } = await lab(['verify'], { engine: engineWith().engine });
    expect(code).toBe(1);
    expect(out).toContain('Dining philosophers (dining-philosophers)');
    expect(out).toMatch(/\d of \d claims do not hold\.\n$/);
  });
});

describe('a declaration', () => {
  it('is read from the block comment at the top', () => {
    expect(
      declarationOf(
        declare(
          '@finding unsafe | lost',
          '@rule neighbours never',
          ' eat together',
          '@misconception One.',
          '@smallest {"seats":3}',
        ),
      ),
    ).toEqual({
      findings: ['unsafe', 'lost'],
      rules: ['neighbours never eat together'],
      misconception: 'One.',
      smallest: { seats: 3 },
      faults: [],
    });
  });
  it('may stand below line comments, and on one line', () => {
    expect(declarationOf('// one\n// two\n/** @finding crash\n@misconception x */').findings).toEqual([
      'crash',
    ]);
  });
  it('is not read from further down', () => {
    expect(declarationOf(`const a = 1;\n${declare('@finding crash')}`).findings).toEqual([]);
  });
  it('names what is wrong with it', () => {
    expect(
      declarationOf(declare('@finding deadlok', '@misconception x', '@smallest two seats')).faults,
    ).toEqual(["@finding 'deadlok' is no kind of finding", "@smallest 'two seats' is no JSON object"]);
  });
});
