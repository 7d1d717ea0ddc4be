import type { Finding } from '../check/finding.ts';
import { cleanLine } from './clean.ts';
import type { Page } from './page.ts';
import { table } from './table.ts';

/** The two accesses of a race: who, what, and in which line. */
export function accessesText(
  { players, trace, accesses }: Pick<Finding, 'players' | 'trace' | 'accesses'>,
  page: Page,
): string[] {
  const { strong, faint } = page.palette;
  const steps = (accesses ?? []).flatMap((n) => trace.filter(({ step }) => step === n));
  const lines = steps.map((s) => {
    const name = players.find((p) => p.process === s.process)?.name ?? `process ${s.process}`;
    return [
      { text: cleanLine(name), paint: strong },
      { text: cleanLine(`${s.text}${s.location ? ` (line ${s.location.line})` : ''}`) },
      { text: `step ${s.step}`, paint: faint },
    ];
  });
  return table(lines, page, 4);
}
