import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declarationOf } from '../../harness/cli/declaration.ts';
import { examine } from '../../harness/hunt/check.ts';
import { huntControlled } from '../../harness/hunt/controlled.ts';
import type { Item } from '../../harness/hunt/item.ts';
import type { Lead } from '../../harness/hunt/lead.ts';
import { casesToHunt } from '../../harness/hunt/plan.ts';
import { RefereeProcess } from '../../harness/hunt/referee-process.ts';
import { casesOf, processesOf, sizeOf } from '../../harness/problem/case.ts';
import { home, problemOf, slugs } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import type { AnyProblem, Case } from '../../harness/problem/problem.ts';
import { MAX_PROCESSES } from '../../harness/process/control.ts';
import { signalsAreThere } from '../signals-there.ts';

/** Whether this machine has what the solution in `file` asks for. */
const canBePlayed = (file: string): boolean =>
  signalsAreThere ||
  !/import \{[^}]*\bsignal\b[^}]*\} from 'interleave'/.test(readFileSync(join(home, file), 'utf8'));

/** Controlled runs of each solution: far fewer than by default, so that the whole suite stays quick. */
const SCHEDULES = 1_500;
/** The same of right ones, which take all of them; the soak plays more. */
const OF_REFERENCES = 200;

const solutionsIn = (folder: string): string[] =>
  readdirSync(join(home, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

let referee: RefereeProcess;
beforeAll(async () => {
  referee = await RefereeProcess.start(Number(process.env.VITEST_POOL_ID ?? 0));
});
afterAll(() => referee.close());

interface Found {
  /** `accepted` where nothing was found. */
  readonly kind: string;
  readonly rule: string;
  readonly case: Case;
}

/** Has the solution in `file` loaded by the referee, which is warm already. */
async function leading(problem: AnyProblem, file: string): Promise<Lead> {
  const compiled = await compile(join(home, file));
  const { code, twin } = compiled;
  await referee.call('open', problem.id, code, 2, typeof twin === 'string' ? twin : undefined);
  const player = Object.assign(referee, { hunt: (item: Item) => referee.call('hunt', item) });
  return { problem, compiled, referees: [player] };
}

/** What the controlled part of a check comes to. */
async function hunted(problem: AnyProblem, file: string): Promise<Found> {
  const { referees } = await leading(problem, file);
  const { found, finding } = await huntControlled(referees, problem, {
    schedules: SCHEDULES,
    seed: 1,
    onItem: () => {},
    enough: () => false,
  });
  const whole = finding ?? found?.result.finding;
  if (whole) return { kind: whole.kind, rule: whole.rule ?? '', case: whole.case };
  const [kind = 'accepted', rule = ''] = found?.result.failure?.key.split('|') ?? [];
  return { kind, rule, case: found?.item.case ?? {} };
}

describe.each(slugs())('%s', (slug) => {
  const broken = solutionsIn(`solutions/${slug}/broken`);
  const references = solutionsIn(`solutions/${slug}`);
  /** The sentences of the rules that broken solutions were found to break. */
  const violated = new Set<string>();
  let problem: AnyProblem;
  beforeAll(async () => {
    problem = await problemOf(slug);
  });

  it('has a story, a starter, three right solutions or more, and six wrong ones or more', () => {
    for (const name of ['README.md', 'starter.ts'])
      expect(existsSync(join(home, 'problems', slug, name))).toBe(true);
    expect(references.length).toBeGreaterThanOrEqual(3);
    expect(broken.length).toBeGreaterThanOrEqual(6);
  });
  it('has cases that fit: every one that is hunted can be played, and the smallest come first', () => {
    const cases = casesOf(problem);
    expect(cases.length).toBeGreaterThan(0);
    for (const c of [...cases, problem.speed.case])
      expect(processesOf(problem, c)).toBeLessThanOrEqual(MAX_PROCESSES);
    for (const seed of [1, 2, 3])
      expect(casesToHunt(problem, seed).map((h) => h.case)).toContainEqual(cases[0]);
  });
  it('asks for each witness in some case that is hunted', () => {
    const cases = casesToHunt(problem, 1).map((h) => h.case);
    for (const [sentence, { given }] of Object.entries(problem.specification.witnesses ?? {}))
      expect(
        cases.some((c) => given?.(c) ?? true),
        sentence,
      ).toBe(true);
  });
  const starter = `problems/${slug}/starter.ts`;
  it.skipIf(!canBePlayed(starter))(
    'has a starter that is rejected because it is still to be written',
    async () => {
      const { kind } = await hunted(problem, starter);
      expect(kind).toBe('crash');
    },
  );
  it.each(references.filter(canBePlayed))('%s is accepted, controlled and free', async (file) => {
    const request = { slug, file: join(home, file), schedules: OF_REFERENCES };
    const { notes, verdict, findings, explored, free } = await examine(request, await leading(problem, file));
    expect(findings.map((f) => f.message)).toEqual([]);
    // What the kernel holds is in no model.
    const ofKernel = problem.mechanisms?.map((kind) => `${kind} is an object of the kernel`) ?? [];
    const others = notes.filter((note) => !ofKernel.some((why) => note.endsWith(why)));
    expect(others, 'it can be modelled').toEqual([]);
    expect(verdict).toBe('accepted');
    expect(explored.schedules).toBeGreaterThanOrEqual(OF_REFERENCES);
    expect(free.runs).toBeGreaterThan(0);
    expect(free.perSecond).toBeGreaterThan(0);
  });
  it.each(broken.filter(canBePlayed))('%s is rejected for what it declares', async (file) => {
    const declared = declarationOf(readFileSync(join(home, file), 'utf8'));
    expect(declared.faults).toEqual([]);
    const { kind, rule, case: c } = await hunted(problem, file);
    violated.add(rule);
    expect(declared.findings).toContain(kind);
    if (declared.rules.length > 0) expect(declared.rules).toContain(rule);
    // With so few schedules another case of the same size may come first.
    if (declared.smallest) expect(sizeOf(problem, c)).toBe(sizeOf(problem, declared.smallest));
  });
  it.runIf(broken.every(canBePlayed))('has no rule, end rule or witness that none of these breaks', () => {
    const { events, ends = {}, witnesses = {}, linearizable } = problem.specification;
    const sentences = [
      ...Object.values(events).flatMap(({ rules = {} }) => Object.keys(rules)),
      ...(linearizable ? [linearizable.rule] : []),
      ...Object.keys(ends),
      ...Object.keys(witnesses),
    ];
    expect(sentences.filter((sentence) => !violated.has(sentence))).toEqual([]);
  });
});
