// What must hold of a problem before students meet it: the starter fails, every reference is accepted, every broken
// solution is caught for what it declares, and no rule is dead, that is, broken by none of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '../check/finding.ts';
import { BadInput, type Verdict } from '../check/verdict.ts';
import type { AnyProblem } from '../problem/problem.ts';
import { caseInWords } from '../report/case.ts';
import { listed } from '../report/number.ts';
import { sentencesOf } from '../report/sentences.ts';
import type { Claim } from '../report/verified.ts';
import { declarationOf } from './declaration.ts';

/** Judges one file. */
type Judge = (file: string) => Promise<Verdict>;

const solutionsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
        .sort()
        .map((name) => join(folder, name))
    : [];

const foundIn = (verdict: Verdict): string =>
  verdict.verdict === 'rejected'
    ? listed([...new Set(verdict.findings.map((f) => f.kind))])
    : verdict.verdict === 'error'
      ? `error: ${verdict.error}`
      : 'accepted';

/** A solution that the lab will not even run is a claim that fails, not the end of the command. */
async function judged(judge: Judge, file: string): Promise<Verdict | string> {
  try {
    return await judge(file);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}

const sameCase = (a: Finding['case'], b: Finding['case']): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
};

/** What is wrong with the verdict on a broken solution, as its declaration has it. */
function brokenFaults(text: string, verdict: Verdict): { expected: string; faults: string[] } {
  const declared = declarationOf(text);
  const faults = [...declared.faults];
  const matching = verdict.findings.filter((f) => declared.findings.includes(f.kind));
  if (declared.findings.length > 0 && matching.length === 0) faults.push('not the finding it declares');
  const { rules } = declared;
  if (rules.length > 0 && !verdict.findings.some((f) => rules.includes(f.rule ?? ''))) {
    const named = rules.map((rule) => `'${rule}'`).join(' or ');
    faults.push(`the rule ${named} is not broken`);
  }
  const { smallest } = declared;
  if (smallest !== undefined && matching.length > 0 && !matching.some((f) => sameCase(f.case, smallest))) {
    faults.push(`the smallest case is not ${caseInWords(smallest)} but ${caseInWords(matching[0].case)}`);
  }
  return { expected: declared.findings.join(' or ') || 'a declared finding', faults };
}

/** The claims about `problem`, one after the other; `home` is the folder with problems/ and solutions/. */
export async function* claimsOf(problem: AnyProblem, home: string, judge: Judge): AsyncGenerator<Claim> {
  const starter = join(home, 'problems', problem.id, 'starter.ts');
  if (existsSync(starter)) {
    const verdict = await judged(judge, starter);
    const found = typeof verdict === 'string' ? verdict : foundIn(verdict);
    const ok = typeof verdict !== 'string' && verdict.verdict === 'rejected';
    yield { about: 'starter', name: 'starter.ts', ok, expected: 'rejected', found };
  } else yield { about: 'starter', name: 'starter.ts', ok: false, expected: 'rejected', found: 'missing' };

  const folder = join(home, 'solutions', problem.id);
  const references = solutionsIn(folder);
  if (references.length === 0) {
    yield { about: 'reference', name: 'any', ok: false, expected: 'accepted', found: 'there is none' };
  }
  for (const file of references) {
    const verdict = await judged(judge, file);
    const found = typeof verdict === 'string' ? verdict : foundIn(verdict);
    yield { about: 'reference', name: basename(file), ok: found === 'accepted', expected: 'accepted', found };
  }

  const breaks = new Map<string, string[]>();
  for (const file of solutionsIn(join(folder, 'broken'))) {
    const name = `broken/${basename(file)}`;
    const verdict = await judged(judge, file);
    if (typeof verdict === 'string') {
      yield { about: 'broken', name, ok: false, expected: 'a finding', found: verdict };
      continue;
    }
    for (const { rule } of verdict.findings) {
      if (rule !== undefined) breaks.set(rule, [...(breaks.get(rule) ?? []), basename(file, '.ts')]);
    }
    const { expected, faults } = brokenFaults(readFileSync(file, 'utf8'), verdict);
    const found = [foundIn(verdict), ...faults].join('; ');
    yield { about: 'broken', name, ok: faults.length === 0, expected, found };
  }

  const { rules, ends, witnesses } = sentencesOf(problem);
  const alive = (about: 'rule' | 'witness', name: string): Claim => {
    const by = [...new Set(breaks.get(name) ?? [])];
    const found = by.length > 0 ? `by ${listed(by)}` : 'broken by no solution';
    return { about, name, ok: by.length > 0, expected: 'some broken solution breaks it', found };
  };
  for (const name of [...rules, ...ends]) yield alive('rule', name);
  for (const name of witnesses) yield alive('witness', name);
}
