import type { Progress } from '../check/verdict.ts';
import { caseInWords } from '../report/case.ts';
import { number } from '../report/number.ts';
import { clip } from '../report/width.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds between two states of the line. */
const EVERY = 80;
const CLEAR = '\r\u001b[2K';

/** What is being done, in a line. */
export function progressText({ phase, schedules, planned, case: c }: Progress): string {
  if (phase === 'free') return `running at full speed: ${caseInWords(c)}`;
  if (phase === 'shrinking')
    return `something is wrong; looking for the smallest run that shows it: ${caseInWords(c)}`;
  return `hunting: ${number(schedules)} of ${number(planned)} schedules, ${caseInWords(c)}`;
}

/** One line on standard error that is written over and over, only on a terminal. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

export function progressLine(terminal: Terminal): ProgressLine {
  const columns = terminal.errorColumns;
  if (columns === undefined || terminal.env.TERM === 'dumb') return { show: () => {}, clear: () => {} };
  let last = 0;
  let shown = false;
  return {
    show(text) {
      const now = Date.now();
      if (now - last < EVERY) return;
      last = now;
      shown = true;
      terminal.error(CLEAR + clip(text, columns - 1));
    },
    clear() {
      if (shown) terminal.error(CLEAR);
      shown = false;
    },
  };
}
