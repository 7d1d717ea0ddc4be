// How the student's own work stands, and the next thing to do.
import type { Kind } from '../check/finding.ts';
import { type Page, proseWidth } from './page.ts';
import type { TableCell } from './table.ts';
import { table } from './table.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { indented, wrap } from './wrap.ts';

/** How the work on one problem stands. */
export interface Standing {
  readonly id: string;
  readonly title: string;
  /** 1 (a first exercise) to 5 (hard). */
  readonly level: number;
  readonly summary: string;
  /** `changed`: not checked since the last change. */
  readonly state: 'not started' | 'started' | 'rejected' | 'accepted' | 'changed';
  /** What the last check found, where it rejected. */
  readonly kinds: readonly Kind[];
  /** The student's file, whether it is there or not. */
  readonly file: string;
  /** The problem's story and rules; undefined where the problem has none. */
  readonly readme?: string | undefined;
}

/** A standing in a few words: `rejected: deadlock`. */
export function standingWords({ state, kinds }: Pick<Standing, 'state' | 'kinds'>): string {
  const found = kinds.length > 0 ? `: ${kinds.join(', ')}` : '';
  if (state === 'changed') return found ? `changed since rejected${found}` : 'changed since accepted';
  return state === 'rejected' ? `rejected${found}` : state;
}

/** The next thing to do: a sentence, and the command for it where there is one. */
export interface Next {
  readonly sentence: string;
  readonly command: string | undefined;
}

/** What to do next: go on with what is begun, else begin the easiest of the rest. */
export function next(standings: readonly Standing[]): Next {
  const first = (state: Standing['state']) => standings.find((s) => s.state === state);
  const check = (s: Standing) => `npx lab check ${s.id}`;
  const changed = first('changed');
  if (changed)
    return {
      sentence: `You have changed ${changed.file} since it was checked. Check it:`,
      command: check(changed),
    };
  const rejected = first('rejected');
  if (rejected) {
    return {
      sentence: `${rejected.file} is rejected. See the run that breaks it, change the file, check again:`,
      command: check(rejected),
    };
  }
  const started = first('started');
  if (started) {
    const story = started.readme ? ` The story and the rules are in ${started.readme}.` : '';
    return {
      sentence: `Fill in the roles in ${started.file}, then check it.${story}`,
      command: check(started),
    };
  }
  const fresh = first('not started');
  if (fresh)
    return {
      sentence: `Begin with ${fresh.title.toLowerCase()}. ${fresh.summary}`,
      command: `npx lab start ${fresh.id}`,
    };
  return standings.length === 0
    ? { sentence: 'There are no problems here.', command: undefined }
    : {
        sentence: 'Every problem is accepted. Try to solve one in another way, or with half the objects.',
        command: undefined,
      };
}

function stateCell(standing: Standing, { palette }: Page): TableCell {
  const text = standingWords(standing);
  const paint = {
    accepted: palette.good,
    rejected: palette.bad,
    changed: palette.mark,
    started: palette.mark,
  };
  return { text, paint: standing.state === 'not started' ? palette.faint : paint[standing.state] };
}

/** The problems as a table. */
export function listText(standings: readonly Standing[], page: Page): string[] {
  const { strong, faint } = page.palette;
  const head = ['problem', 'level', 'title', 'your work'].map((text) => ({ text, paint: faint }));
  const body = standings.map((s): TableCell[] => [
    { text: s.id, paint: strong },
    { text: String(s.level) },
    { text: s.title },
    stateCell(s, page),
  ]);
  return table([head, ...body], page, 0);
}

/** What `lab` alone prints: the table, and the next thing to do. */
export function standingText(standings: readonly Standing[], page: Page): string[] {
  const { strong, command, faint } = page.palette;
  const { sentence, command: line } = next(standings);
  const done = standings.filter((s) => s.state === 'accepted').length;
  return [
    ...wrap(
      `Interleave, a lab for concurrency: ${done} of ${standings.length} problems accepted`,
      proseWidth(page),
    ).map(strong),
    '',
    ...listText(standings, page),
    '',
    ...indented(sentence, 0, proseWidth(page)),
    ...(line ? [`  ${command(line)}`] : []),
    '',
    faint('All commands: npx lab help'),
  ];
}

const standingJson = (s: Standing) => ({
  id: s.id,
  title: s.title,
  level: s.level,
  summary: s.summary,
  state: s.state,
  kinds: [...s.kinds],
  file: s.file,
  readme: s.readme ?? null,
});

/** The problems as plain JSON. */
export const listJson = (standings: readonly Standing[]) => ({
  version: JSON_VERSION,
  problems: standings.map(standingJson),
  next: { sentence: next(standings).sentence, command: next(standings).command ?? null },
});
