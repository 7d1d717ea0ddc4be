// A run as rows of a table, before it is known how the table is drawn: in columns, or as a list.
import type { Finding, Location, TraceStep, Waiting } from '../check/finding.ts';
import { cleanLine } from './clean.ts';
import { brief, fold, full, type Gap } from './fold.ts';

/** A run, with or without a finding. */
export type Run = Pick<Finding, 'players' | 'trace' | 'waiting' | 'steps' | 'switches'>;

/** The student's own line, where a row is about one. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** Where in `text` it happens, from 0. */
  readonly at: number;
}

/** What one process does in one row. */
export interface Row {
  readonly process: number;
  /** A preemptive switch comes before this step. */
  readonly switched: boolean;
  /** Here the rule was broken. */
  readonly wrong: boolean;
  /** Absent on what a process would have done next when the run ended. */
  readonly step?: number;
  /** Absent where the row above already shows it. */
  readonly line?: Line | undefined;
  /** What the step came to; absent where the line says the same. */
  readonly text?: string | undefined;
}

/** Lookup of the student's lines. */
type Source = (location: Location) => string | undefined;

/** The step at which the rule was broken, where it is one. */
function wrongStep(finding: Finding): number | undefined {
  if (!['unsafe', 'lost', 'misuse', 'race', 'forbidden'].includes(finding.kind)) return undefined;
  if (finding.accesses) return finding.accesses[1];
  if (finding.process === undefined) return undefined;
  const own = finding.trace.filter((step) => step.process === finding.process);
  const event = finding.kind === 'misuse' ? undefined : own.findLast((step) => step.operation === 'event');
  return (event ?? own.at(-1))?.step;
}

function lineAt(location: Location | undefined, source: Source): Line | undefined {
  const raw = location && source(location);
  if (raw === undefined || raw.trim() === '') return undefined;
  const { line, column } = location!;
  const text = cleanLine(raw).trim();
  return { number: line, text, at: cleanLine(raw.slice(0, column - 1).trimStart()).length };
}

const bare = (code: string): string => code.replace(/;$/, '').trim();

/** What `text` says that the line does not; undefined where that is nothing. */
function beyond(text: string, line: string): string | undefined {
  const rest = text === line || text.startsWith(`${line} `) ? text.slice(line.length).trim() : text;
  return rest === '' ? undefined : rest;
}

function stepRow(step: TraceStep, above: TraceStep | Gap | undefined, source: Source, wrong: boolean): Row {
  const line = lineAt(step.location, source);
  const known =
    above !== undefined &&
    !('folded' in above) &&
    above.process === step.process &&
    above.location?.line === step.location?.line &&
    above.location?.file === step.location?.file;
  const text = cleanLine(step.text);
  return {
    process: step.process,
    step: step.step,
    switched: step.preempts ?? false,
    wrong,
    line: known ? undefined : line,
    text: line === undefined || known ? text : beyond(text, bare(line.text)),
  };
}

/** What a process stood before when the run ended. */
function endRow(waiting: Waiting, source: Source, stuck: boolean, wrong: boolean): Row {
  return {
    process: waiting.process,
    switched: false,
    wrong,
    line: lineAt(waiting.location, source),
    text: `${stuck ? 'waits' : 'next'}: ${cleanLine(waiting.text)}`,
  };
}

/** Where the process of a crash or an endless run was. */
function lastWords(finding: Finding, source: Source): Row | undefined {
  if (finding.process === undefined) return undefined;
  const says: Partial<Record<Finding['kind'], string>> = {
    crash: 'crashes here',
    'non-terminating': 'never gets past here',
  };
  const text = says[finding.kind];
  if (text === undefined) return undefined;
  const line = lineAt(finding.location, source);
  return { process: finding.process, switched: false, wrong: true, line, text };
}

/**
 * The rows of a run, in order.
 * @param whole as many steps as a replay shows; else as a finding does.
 */
export function rows(run: Run, finding: Finding | undefined, source: Source, whole: boolean): (Row | Gap)[] {
  const wrong = finding && wrongStep(finding);
  const kept = fold(run.trace, whole ? full : brief);
  const out = kept.map((item, i) =>
    'folded' in item ? item : stepRow(item, kept[i - 1], source, item.step === wrong),
  );
  const stuck = finding?.kind === 'deadlock';
  const wrongly = (w: Waiting) => stuck && (finding.cycle?.includes(w.process) ?? true);
  out.push(...run.waiting.map((w) => endRow(w, source, stuck, wrongly(w))));
  const last = finding && lastWords(finding, source);
  return last ? [...out, last] : out;
}
