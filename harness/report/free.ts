// What `lab free` prints.
import type { FreeReport } from '../check/verdict.ts';
import { caseInWords } from './case.ts';
import { cleanLine } from './clean.ts';
import { findingJson } from './finding-json.ts';
import { findingText } from './finding-text.ts';
import { many, number } from './number.ts';
import { type Page, proseWidth } from './page.ts';
import { checkCommand, type Subject } from './replay-command.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { indented } from './wrap.ts';

interface Speeds {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Median, least and most of what was measured; undefined where nothing was. */
export function speeds(perSecond: readonly number[]): Speeds | undefined {
  if (perSecond.length === 0) return undefined;
  const sorted = perSecond.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1)! };
}

/** Free runs as lines of text: how fast they were, and what rules they broke. */
export function freeText(subject: Subject, report: FreeReport, page: Page): string[] {
  const { strong, good, bad, command, faint } = page.palette;
  const prose = proseWidth(page);
  const broken = report.findings.length > 0;
  const head = broken ? bad('✗ a rule is broken at full speed') : good('✓ no rule is broken at full speed');
  const out = [
    strong(head),
    ...indented(`${many(report.runs, 'runs')} with ${caseInWords(report.case)}`, 2, prose),
  ];
  const speed = speeds(report.perSecond);
  if (speed !== undefined) {
    const unit = cleanLine(report.unit);
    const spread =
      report.perSecond.length > 1
        ? ` (median; ${number(Math.round(speed.least))} to ${number(Math.round(speed.most))})`
        : '';
    out.push(...indented(`${number(Math.round(speed.median))} ${unit}/s${spread}`, 2, prose));
  }
  for (const finding of report.findings) out.push('', ...findingText(finding, page));
  if (!broken) {
    const advice = 'Free runs meet few interleavings. What they do not break, the hunt may:';
    out.push('', ...indented(advice, 2, prose).map(faint));
    out.push(`  ${command(checkCommand(subject))}`);
  }
  return out;
}

/** Free runs as plain JSON. */
export const freeJson = (subject: Subject, report: FreeReport) => ({
  version: JSON_VERSION,
  problem: subject.problem,
  file: subject.file,
  case: { ...report.case },
  runs: report.runs,
  unit: report.unit,
  perSecond: [...report.perSecond],
  findings: report.findings.map((finding) => findingJson(subject, finding)),
});
