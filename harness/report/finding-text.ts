import type { Finding } from '../check/finding.ts';
import { accessesText } from './accesses.ts';
import { caseInWords } from './case.ts';
import { clean, cleanLine } from './clean.ts';
import { interleaving } from './interleaving.ts';
import { kindTitle, meaning } from './kind.ts';
import { many, number } from './number.ts';
import { type Page, pageWidth, proseWidth } from './page.ts';
import { waitingText } from './waiting.ts';
import { indented } from './wrap.ts';

/** `steps 3 to 6`. */
const again = ({ from, to }: NonNullable<Finding['loop']>): string =>
  from === to ? `step ${number(from)}` : `steps ${number(from)} to ${number(to)}`;

/** How long the run is that is shown, in steps and switches. */
export function sizeOf({ loop, steps, switches, trace }: Finding): string {
  const shown = trace.length;
  const length = loop
    ? `${many(shown, 'steps')}, and then ${again(loop)} for ever`
    : shown < steps
      ? `wrong at step ${number(shown)} of ${number(steps)}`
      : many(shown, 'steps');
  return `${length}, ${many(switches, 'preemptive switches')}`;
}

/** What kind of run the trace below is, in a sentence. */
function runSentence(finding: Finding): string {
  const size = sizeOf(finding);
  if (finding.mode === 'free')
    return 'Seen at full speed, where the kernel schedules. What was seen of that run:';
  if (finding.schedule === null) return `A run, to show what is meant (${size}):`;
  return `The smallest run that shows it (${size}):`;
}

/**
 * A finding as lines of text: headline, message, the run, and who waits for what. The replay command is not among them.
 * @param options.whole as many steps as a replay shows; else as fit on a screen.
 * @param options.run `false` leaves the run out, where it is printed elsewhere.
 */
export function findingText(
  finding: Finding,
  page: Page,
  options: { whole?: boolean; run?: boolean } = {},
): string[] {
  const { strong, bad, faint } = page.palette;
  const prose = proseWidth(page);
  const [headline, ...more] = indented(`${kindTitle(finding.kind)}: ${meaning[finding.kind]}`, 0, prose);
  const out = [strong(bad(headline)), ...more.map((line) => strong(bad(line)))];
  out.push(...indented(`with ${caseInWords(finding.case)}`, 2, prose).map(faint));
  const { rule, message } = finding;
  if (rule !== undefined && !message.includes(rule))
    out.push('', ...indented(`Rule: ${cleanLine(rule)}`, 2, prose));
  out.push('', ...indented(clean(message.replace(/^[a-z](?=[a-z]* )/, (c) => c.toUpperCase())), 2, prose));
  if (finding.misconception) {
    const { name, text } = finding.misconception;
    out.push('', ...indented(cleanLine(`This is known as ${name}: ${text}`), 2, prose));
  }
  if (finding.stack && finding.stack.length > 0) {
    out.push(
      '',
      ...finding.stack
        .filter((frame) => frame.trim() !== '')
        .flatMap((frame) => indented(cleanLine(frame), 4, pageWidth(page)))
        .map(faint),
    );
  }
  if (options.run !== false && (finding.trace.length > 0 || finding.waiting.length > 0)) {
    out.push('', ...indented(runSentence(finding), 2, prose), '');
    out.push(...interleaving(finding, finding, page, options.whole ?? false));
  }
  if (finding.kind === 'deadlock' && finding.waiting.length > 0) {
    out.push('', `  ${strong('Who waits for what')}`, ...waitingText(finding, page));
  }
  if (finding.accesses) out.push('', `  ${strong('The two accesses')}`, ...accessesText(finding, page));
  return out;
}
