import type { Tried } from './hunt-mutant.ts';

/** Mutants of one reference and one side of the operators. */
export interface Group {
  readonly file: string;
  readonly preserving: boolean;
  readonly tried: readonly Tried[];
}

/** The model and the processes did not do the same: the lab's own fault, whatever the verdict. */
const differs = (t: Tried): boolean =>
  t.notes.some((note) => note.includes('do not do what their models do'));

/** Some objects that operators add are ruled out by the problem, and rightly so. */
const isRuledOut = (t: Tried): boolean => t.verdict === 'forbidden';

/** Whether somebody has to look at it: a breaking change that is accepted, a preserving one that is not. */
export const stands = (preserving: boolean, t: Tried): boolean =>
  t.verdict === 'failed' ||
  differs(t) ||
  (preserving ? t.verdict !== 'accepted' && !isRuledOut(t) : t.verdict === 'accepted');

/** What a group came to: a line, and one for each mutant to be looked at. */
export function groupLines({ file, preserving, tried }: Group): string[] {
  const by = (want: (t: Tried) => boolean): number => tried.filter(want).length;
  const accepted = by((t) => t.verdict === 'accepted');
  const late = by((t) => t.verdict !== 'accepted' && t.by === 'again');
  const refused = by((t) => t.verdict === 'refused');
  const seconds = tried.reduce((sum, t) => sum + t.seconds, 0);
  const sum = `${file}: ${tried.length} ${preserving ? 'preserving' : 'breaking'} mutants, ${accepted} accepted, ${refused} refused, ${late} found by the second hunt only, ${seconds.toFixed(0)} s`;
  const open = tried.filter((t) => stands(preserving, t));
  return [
    sum,
    ...open.map((t) => {
      const { operator, what, line, before } = t.mutant;
      const why = t.why ? ` (${t.why.split('\n').slice(0, 3).join(' ')})` : '';
      const model = differs(t) ? ' MODEL DIFFERS' : '';
      const on = t.notes.length > 0 && !differs(t) ? ' [processes]' : '';
      return `  ${t.verdict}${model}${on} ${line} ${operator}: ${what.replace(/\s+/g, ' ')}   | ${before}${why}`;
    }),
  ];
}
