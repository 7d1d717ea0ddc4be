// The two steps whose order decides, in words.
import type { CriticalStep, Finding } from '../check/finding.ts';
import { cleanLine } from './clean.ts';
import { type Page, proseWidth } from './page.ts';
import { indented } from './wrap.ts';

/** The critical pair as lines of text, without the command that shows the run that passes. */
export function criticalText(
  { players, critical }: Pick<Finding, 'players' | 'critical'>,
  page: Page,
): string[] {
  if (critical === undefined) return [];
  const name = (s: CriticalStep): string =>
    players.find((p) => p.process === s.process)?.name ?? `process ${s.process}`;
  const said = (s: CriticalStep): string => {
    const where = [s.step === null ? 'not yet' : `step ${s.step}`];
    if (s.location) where.push(`line ${s.location.line}`);
    return `${name(s)}: ${s.text} (${where.join(', ')})`;
  };
  const [first, second] = critical.steps;
  const text = 'Had the second of these steps come before the first, it would have gone well:';
  return [
    ...indented(text, 2, proseWidth(page)),
    ...[first, second].flatMap((s) => indented(cleanLine(said(s)), 4, proseWidth(page))),
  ];
}
