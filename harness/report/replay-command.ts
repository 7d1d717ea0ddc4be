import type { Finding } from '../check/finding.ts';
import { quote, quoteIfNeeded } from './quote.ts';

/** The parts of a verdict that a command needs. */
export interface Subject {
  readonly problem: string;
  /** The solution's file, as it was given. */
  readonly file: string;
  readonly seed: number;
}

/** A file name that cannot be taken for an option. */
const operand = (file: string): string => quoteIfNeeded(file.startsWith('-') ? `./${file}` : file);

/** The command that checks a solution, to paste into a shell. */
export const checkCommand = ({ problem, file }: Pick<Subject, 'problem' | 'file'>): string =>
  `npx lab check ${quoteIfNeeded(problem)} ${operand(file)}`;

/**
 * The one command that shows a finding again, to paste into a shell: the run itself, where a schedule fixes it; else
 * the free runs of the same case, or the whole check with the same seed.
 */
export function replayCommand(
  subject: Subject,
  finding: Pick<Finding, 'schedule' | 'mode' | 'case'>,
): string {
  const what = `${quoteIfNeeded(subject.problem)} ${operand(subject.file)}`;
  const given = `--case ${quote(JSON.stringify(finding.case))}`;
  if (finding.schedule !== null)
    return `npx lab replay ${what} --schedule ${quote(finding.schedule)} ${given}`;
  if (finding.mode === 'free') return `npx lab free ${what} ${given}`;
  return `${checkCommand(subject)} --seed ${subject.seed}`;
}
