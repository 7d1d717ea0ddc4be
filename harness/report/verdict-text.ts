import type { Finding } from '../check/finding.ts';
import type { Verdict } from '../check/verdict.ts';
import { clean, cleanLine } from './clean.ts';
import { criticalText } from './critical.ts';
import { findingText } from './finding-text.ts';
import { kindTitle } from './kind.ts';
import { listed, many, number } from './number.ts';
import { type Page, proseWidth } from './page.ts';
import { replayCommand } from './replay-command.ts';
import { indented } from './wrap.ts';

/** A time for readers, in seconds. */
const seconds = (s: number): string =>
  `${number(s < 1 ? Number(s.toPrecision(2)) : s < 10 ? Math.round(s * 10) / 10 : Math.round(s))} s`;

const percent = (part: number): string => (part < 0.01 ? 'less than 1 %' : `${Math.floor(part * 100)} %`);

/** What was tried, one sentence a kind of run. */
function tried({ explored, free }: Verdict): string[] {
  const out: string[] = [];
  if (explored.schedules > 0) {
    const rate =
      explored.seconds > 0 ? `, ${number(Math.round(explored.steps / explored.seconds))} steps/s` : '';
    out.push(
      `Explored ${many(explored.cases, 'cases')} under ${many(explored.schedules, 'schedules')}: ` +
        `${many(explored.traces, 'distinct traces')}, ${many(explored.steps, 'steps')} in ${seconds(explored.seconds)}${rate}.`,
    );
  }
  if (explored.proved.length > 0) {
    const byRuns = explored.proved.filter((p) => p.states === undefined);
    const traces = byRuns.reduce((sum, p) => sum + p.traces, 0);
    const states = explored.proved.reduce((sum, p) => sum + (p.states ?? 0), 0);
    const how = [
      ...(traces > 0 ? [`every schedule was played, ${many(traces, 'traces')} in all`] : []),
      ...(states > 0
        ? [`every state was visited, ${many(states, 'states')}, where schedules are too many`]
        : []),
    ];
    const largest = JSON.stringify(explored.proved.at(-1)?.case);
    out.push(`Proved for ${many(explored.proved.length, 'cases')}, up to ${largest}: ${how.join('; ')}.`);
  }
  if (explored.searched.length > 0) {
    const cases = explored.searched.map((p) => `${JSON.stringify(p.case)} (${percent(p.part)} or so)`);
    out.push(`Searched in order, but not to the end: ${cases.join(', ')}.`);
  }
  if (free.runs > 0) {
    const speed =
      free.perSecond > 0 ? `: ${number(Math.round(free.perSecond))} ${cleanLine(free.unit)}/s` : '';
    out.push(`At full speed, scheduled by the kernel, in ${many(free.runs, 'runs')}${speed}.`);
  }
  return out;
}

function limits({ explored, free }: Verdict): string {
  if (explored.schedules === 0) {
    return 'Only free runs were made, so which interleavings were met was luck. `lab check` without --only hunts under control.';
  }
  const half = free.runs === 0 ? ' Nothing ran at full speed.' : '';
  return (
    `${explored.proved.length > 0 ? 'No proof for other cases' : 'Not a proof'}: no rule was broken in these runs. Schedules that were not tried and larger cases may still break one.${half} ` +
    'More schedules: --schedules N; others: --seed N.'
  );
}

function accepted(verdict: Verdict, page: Page): string[] {
  const prose = proseWidth(page);
  return [
    ...tried(verdict).flatMap((line) => indented(line, 2, prose)),
    '',
    ...indented(limits(verdict), 2, prose).map(page.palette.faint),
  ];
}

/** How much it took to find what is reported. */
function foundAfter({ explored: { cases, schedules, steps, seconds: s }, free }: Verdict): string {
  const controlled = `${many(schedules, 'schedules')} of ${many(cases, 'cases')} (${many(steps, 'steps')}, ${seconds(s)})`;
  if (free.runs === 0) return `Found after ${controlled}.`;
  const runs = `${many(free.runs, 'runs')} at full speed`;
  return schedules === 0 ? `Found after ${runs}.` : `Found after ${controlled} and ${runs}.`;
}

/** The run that passes, beside the one that fails. */
function passing(verdict: Verdict, finding: Finding, page: Page): string[] {
  const { critical } = finding;
  if (critical === undefined) return [];
  const replay = replayCommand(verdict, { ...finding, schedule: critical.schedule });
  return [
    `  ${page.palette.strong('The order that decides')}`,
    ...criticalText(finding, page),
    `  ${page.palette.command(replay)}`,
    '',
  ];
}

function rejected(verdict: Verdict, page: Page): string[] {
  const { strong, command, faint } = page.palette;
  const prose = proseWidth(page);
  const out = verdict.findings.flatMap((finding, i) => [
    ...(i === 0 ? [] : ['', page.palette.faint('─'.repeat(prose)), '']),
    ...findingText(finding, page),
    '',
    ...passing(verdict, finding, page),
    `  ${strong(finding.schedule === null ? 'See it again' : 'Play it again')}`,
    `  ${command(replayCommand(verdict, finding))}`,
  ]);
  // The command is the last thing on the screen, so what was tried stands before it.
  const count = indented(foundAfter(verdict), 2, prose);
  return [...count.map(faint), '', ...out];
}

function failed(verdict: Verdict, page: Page): string[] {
  const prose = proseWidth(page);
  return [
    ...indented(clean(verdict.error ?? 'The lab cannot say what went wrong.'), 2, prose),
    '',
    ...indented(
      'This is the fault of the lab or of this machine, not of your solution, which was not judged.',
      2,
      prose,
    ),
    ...indented(
      'Try once more; `npx lab doctor` says what this machine lacks. If it comes back, please report it with this text.',
      2,
      prose,
    ),
  ];
}

/** A verdict as lines of text. A rejection ends with the command that replays it. */
export function verdictText(verdict: Verdict, page: Page): string[] {
  const { good, bad, strong } = page.palette;
  const paint = verdict.verdict === 'accepted' ? good : bad;
  const kinds = [...new Set(verdict.findings.map((finding) => kindTitle(finding.kind).toLowerCase()))];
  const heads = {
    accepted: '✓ accepted',
    rejected: `✗ rejected: ${listed(kinds)}`,
    error: '! error: no verdict',
  };
  const prose = proseWidth(page);
  const body = { accepted, rejected, error: failed }[verdict.verdict](verdict, page);
  return [
    ...indented(heads[verdict.verdict], 0, prose).map((line) => strong(paint(line))),
    ...indented(`${verdict.title}, ${cleanLine(verdict.file)}`, 2, prose),
    '',
    ...verdict.notes.flatMap((note) => indented(`Note: ${clean(note)}`, 2, prose)),
    ...(verdict.notes.length > 0 ? [''] : []),
    ...body,
  ];
}
