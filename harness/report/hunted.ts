// What `lab hunt` prints.
import type { HuntReport, SeedResult } from '../check/hunt-report.ts';
import { caseInWords } from './case.ts';
import { cleanLine } from './clean.ts';
import { many, number } from './number.ts';
import { type Page, pageWidth, proseWidth } from './page.ts';
import { replayCommand, type Subject } from './replay-command.ts';
import { table } from './table.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { indented } from './wrap.ts';

/** What the seeds come to. Where one found nothing, its schedules count as they are, and the figures are too low. */
interface Figures {
  readonly found: number;
  readonly missed: number;
  readonly mean: number;
  readonly median: number;
}

/** Mean and median of the schedules of all seeds. */
export function figures(seeds: readonly SeedResult[]): Figures {
  const counts = seeds.map((s) => s.schedules).sort((a, b) => a - b);
  const middle = counts.length >> 1;
  const found = seeds.filter((s) => s.kind !== null).length;
  return {
    found,
    missed: seeds.length - found,
    mean: counts.reduce((a, b) => a + b, 0) / counts.length,
    median: counts.length % 2 === 1 ? counts[middle] : (counts[middle - 1] + counts[middle]) / 2,
  };
}

const findingOf = ({ kind, rule, proved }: SeedResult): string => {
  if (kind !== null) return rule === null ? kind : `${kind}: ${cleanLine(rule)}`;
  return proved ? 'proved: no run fails' : 'nothing';
};

/** A hunt for research as lines of text: one line a seed, then what they come to. */
export function huntedText(subject: Subject, report: HuntReport, page: Page): string[] {
  const { strong, faint, command } = page.palette;
  const { seeds, cap, strategy } = report;
  const prose = proseWidth(page);
  const columns = ['seed', 'schedules', 'finding', 'steps', 'switches'];
  const rows = seeds.map((s) => [
    { text: String(s.seed), paint: faint },
    { text: number(s.schedules), paint: strong },
    { text: findingOf(s) },
    { text: s.steps === null ? '' : number(s.steps), paint: faint },
    { text: s.switches === null ? '' : number(s.switches), paint: faint },
  ]);
  const { found, missed, mean, median } = figures(seeds);
  const least = missed > 0 && found > 0 ? 'at least ' : '';
  const sum =
    found === 0
      ? `Nothing found under ${many(seeds.length, 'seeds')}.`
      : `Schedules to the first finding: mean ${least}${number(mean)}, median ${number(median)}; ${found} of ${many(seeds.length, 'seeds')} found one.`;
  const out = [
    ...indented(
      `${strategy}, with ${caseInWords(report.case)}, at most ${many(cap, 'schedules')} a seed`,
      0,
      prose,
    ).map(strong),
    '',
    ...table([columns.map((text) => ({ text, paint: faint })), ...rows], page),
    '',
    ...indented(sum, 0, pageWidth(page)).map(strong),
  ];
  const shortest = seeds
    .filter((s) => s.schedule !== null)
    .sort((a, b) => (a.steps as number) - (b.steps as number))[0];
  if (shortest) {
    const { schedule } = shortest;
    out.push('', ...indented('The shortest of these runs, step by step:', 0, prose));
    out.push(`  ${command(replayCommand(subject, { schedule, mode: 'controlled', case: report.case }))}`);
  }
  for (const note of report.notes) out.push('', ...indented(`Note: ${cleanLine(note)}`, 0, prose).map(faint));
  return out;
}

/** The same as plain JSON. What does not apply is null, never absent. */
export const huntedJson = (subject: Subject, report: HuntReport) => ({
  version: JSON_VERSION,
  problem: subject.problem,
  file: subject.file,
  case: { ...report.case },
  strategy: report.strategy,
  cap: report.cap,
  ...figures(report.seeds),
  seeds: report.seeds.map((s) => ({
    seed: s.seed,
    schedules: s.schedules,
    kind: s.kind,
    rule: s.rule,
    steps: s.steps,
    switches: s.switches,
    schedule: s.schedule,
    strategy: s.strategy,
    played: s.played,
    proved: s.proved,
  })),
  notes: [...report.notes],
});
