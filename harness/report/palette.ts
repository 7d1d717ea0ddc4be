// Colours are passed in, so that a report is the same text with and without them.

type Paint = (text: string) => string;

/** The few ways in which a report sets words apart. Each takes one line and must not change its width. */
export interface Palette {
  /** Headings and names. */
  readonly strong: Paint;
  /** What helps but is not the point: line numbers, rules, what a step came to. */
  readonly faint: Paint;
  /** What is well. */
  readonly good: Paint;
  /** What is wrong. */
  readonly bad: Paint;
  /** Where to look: a preemptive switch, a next step. */
  readonly mark: Paint;
  /** Something to paste into a shell. */
  readonly command: Paint;
}

const as = (on: number, off: number): Paint => {
  return (text) => (text === '' ? text : `\u001b[${on}m${text}\u001b[${off}m`);
};
const plain: Paint = (text) => text;

/** The palette of a terminal with colours, or of paper. */
export function palette(colours: boolean): Palette {
  if (!colours) return { strong: plain, faint: plain, good: plain, bad: plain, mark: plain, command: plain };
  return {
    strong: as(1, 22),
    faint: as(2, 22),
    good: as(32, 39),
    bad: as(31, 39),
    mark: as(33, 39),
    command: as(36, 39),
  };
}
