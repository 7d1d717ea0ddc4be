import { COMPILED } from '../check/explain.ts';
import type { Finding, Location } from '../check/finding.ts';
import { misconceptionOf } from '../check/misconception.ts';
import type { Replayed } from '../check/verdict.ts';
import type { Compiled } from '../problem/compile.ts';

type Shown = Pick<Finding, 'trace' | 'waiting'>;

function moved(compiled: Compiled, location: Location | undefined): Location | undefined {
  if (location === undefined || location.file !== COMPILED) return location;
  return compiled.locate(location.line, location.column);
}

function locatedAt<T extends { location?: Location }>(compiled: Compiled, value: T): T {
  const { location, ...rest } = value;
  const at = moved(compiled, location);
  return (at ? { ...rest, location: at } : rest) as T;
}

function shown<T extends Shown>(compiled: Compiled, run: T): T {
  return {
    ...run,
    trace: run.trace.map((step) => locatedAt(compiled, step)),
    waiting: run.waiting.map((w) => locatedAt(compiled, w)),
  };
}

/** The stack of a crash in positions of the student's file, one frame a line. */
function stackOf(compiled: Compiled, stack: readonly string[]): string[] {
  return stack.flatMap((frame) => {
    const [name, line, column] = frame.split('|');
    const at = compiled.locate(Number(line), Number(column));
    return at ? [`at ${name ? `${name} ` : ''}(${at.file}:${at.line}:${at.column})`] : [];
  });
}

/** Maps all positions of a finding from the compiled solution to the student's file. */
export function relocate(compiled: Compiled, finding: Finding): Finding {
  const { critical } = finding;
  const at: Finding = {
    ...locatedAt(compiled, shown(compiled, finding)),
    ...(critical && {
      critical: {
        ...critical,
        steps: [locatedAt(compiled, critical.steps[0]), locatedAt(compiled, critical.steps[1])] as const,
      },
    }),
  };
  // Named only here, since the words tell lines.
  const misconception = misconceptionOf(at);
  return {
    ...at,
    ...(finding.stack && { stack: stackOf(compiled, finding.stack) }),
    ...(misconception && { misconception }),
  };
}

/** The same for a replayed run. */
export function relocateReplayed(compiled: Compiled, replayed: Replayed): Replayed {
  return {
    ...replayed,
    ...(replayed.finding && { finding: relocate(compiled, replayed.finding) }),
    run: shown(compiled, replayed.run),
  };
}
