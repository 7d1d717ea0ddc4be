// What `lab replay` prints.
import type { Replayed } from '../check/verdict.ts';
import { caseInWords } from './case.ts';
import { clean } from './clean.ts';
import { findingJson, runJson } from './finding-json.ts';
import { findingText, sizeOf } from './finding-text.ts';
import { interleaving } from './interleaving.ts';
import { many } from './number.ts';
import { type Page, proseWidth } from './page.ts';
import type { Subject } from './replay-command.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { indented, wrap } from './wrap.ts';

/**
 * A replayed run as lines of text: every step, what was printed, and what rule it broke.
 * @param given the schedule that was asked for; where the run went beyond it, the whole one is shown.
 */
export function replayedText(replayed: Replayed, page: Page, given = replayed.schedule): string[] {
  const { strong, good, faint } = page.palette;
  const { finding, run } = replayed;
  const prose = proseWidth(page);
  const size = finding?.loop
    ? sizeOf(finding)
    : `${many(run.steps, 'steps')}, ${many(run.switches, 'preemptive switches')}`;
  const out = [
    ...wrap(`The run again, with ${caseInWords(replayed.case)} (${size})`, prose).map(strong),
    '',
    ...interleaving(run, finding, page, true),
    '',
  ];
  if (given.trim() !== replayed.schedule) {
    out.push(...indented(`The whole schedule: ${replayed.schedule}`, 2, prose).map(faint), '');
  }
  if (replayed.said.length > 0) {
    out.push(`  ${strong('What the processes printed')}`);
    for (const { process, text } of replayed.said) {
      const name = run.players.find((p) => p.process === process)?.name ?? `process ${process}`;
      out.push(...indented(`${name}: ${clean(text)}`, 4, prose));
    }
    if (replayed.saidMore)
      out.push(...indented('… and more, which is not kept: print less to see the end.', 4, prose).map(faint));
    out.push('');
  }
  if (finding === undefined) return [...out, ...wrap('✓ No rule is broken in this run.', prose).map(good)];
  return [...out, ...findingText(finding, page, { run: false })];
}

/** A replayed run as plain JSON. */
export const replayedJson = (subject: Subject, replayed: Replayed) => ({
  version: JSON_VERSION,
  problem: subject.problem,
  file: subject.file,
  case: { ...replayed.case },
  schedule: replayed.schedule,
  finding: replayed.finding ? findingJson(subject, replayed.finding) : null,
  run: runJson(replayed.run),
  said: replayed.said.map(({ process, text }) => ({ process, text })),
  saidMore: replayed.saidMore ?? false,
});
