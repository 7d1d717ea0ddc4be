// A schedule is a value: the choices that fix one interleaving. On paper it is one line that a person can read:
// `v1 a3 b2 :1 a5` lets process a take three steps, b two, the second of which is done in way 1 of several, then a
// five. `~7` behind the version seeds what the processes draw at random; without it the seed is 0. What stands in
// brackets at the end, `(a1 b1)*`, is done again and again until the run is given up.

import { loopAtEnd } from './loop.ts';

/** The choices of a schedule. An entry ≥ 0 is a take: process and number of steps; < 0 a choice. */
export type Moves = readonly number[];

/** What fixes one interleaving. */
export interface Schedule {
  /** Seed of the processes' own random numbers: Math.random and the items of the problem's world. */
  readonly seed: number;
  readonly moves: Moves;
}

/** The version of the text form. */
export const VERSION = 'v1';

const STEP_BITS = 17;
const STEP_MASK = (1 << STEP_BITS) - 1;

/** An entry that lets `process` take `steps` steps. */
export const take = (process: number, steps: number): number => (process << STEP_BITS) | steps;
/** An entry that answers a choice with `n`. */
export const choice = (n: number): number => -n - 1;
export const isTake = (entry: number): boolean => entry >= 0;
export const decodeTake = (entry: number): { process: number; steps: number } => ({
  process: entry >>> STEP_BITS,
  steps: entry & STEP_MASK,
});

/** The letter of a process: a … z, then aa, ab … as columns of a table are named. */
export function letter(process: number): string {
  const last = String.fromCharCode(97 + (process % 26));
  return process < 26 ? last : letter(Math.floor(process / 26) - 1) + last;
}

/** The process of a letter. */
function processOf(letters: string): number {
  let n = 0;
  for (const c of letters) n = n * 26 + (c.charCodeAt(0) - 96);
  return n - 1;
}

/** Joins neighbouring takes of the same process and drops empty ones. */
export function compact(moves: Moves): number[] {
  const out: number[] = [];
  for (const entry of moves) {
    const last = out.at(-1);
    if (!isTake(entry)) out.push(entry);
    else if (decodeTake(entry).steps === 0) continue;
    else if (last !== undefined && isTake(last) && decodeTake(last).process === decodeTake(entry).process) {
      out[out.length - 1] = last + decodeTake(entry).steps;
    } else out.push(entry);
  }
  return out;
}

/** Steps after which a run is given up. */
export const ENDLESS = 65_535;
/** Words of a loop, at most. */
const LONGEST_LOOP = 400;

const stepsOf = (moves: Moves): number =>
  moves.reduce((sum, entry) => sum + (isTake(entry) ? decodeTake(entry).steps : 0), 0);

/** The moves that come again and again at the end of a run without an end, and those before. */
export function rounds(moves: Moves): { readonly before: Moves; readonly loop: Moves } | undefined {
  const entries = compact(moves);
  if (stepsOf(entries) !== ENDLESS) return undefined;
  // The end of the run cuts the last take short.
  const cut = entries.at(-1) as number;
  const n = isTake(cut) ? entries.length - 1 : entries.length;
  const found = loopAtEnd(n, LONGEST_LOOP, (i, j) => entries[i] === entries[j]);
  if (found === undefined) return undefined;
  const { from, length } = found;
  if (n < entries.length && !beginsWith(entries[n - length], cut)) return undefined;
  return { before: entries.slice(0, from), loop: entries.slice(from, from + length) };
}

/** Whether take `b` may be the beginning of take `a`. */
function beginsWith(a: number, b: number): boolean {
  if (!isTake(a)) return false;
  const [whole, part] = [decodeTake(a), decodeTake(b)];
  return whole.process === part.process && whole.steps >= part.steps;
}

/** The moves behind the first `from` steps and up to number `to`, with the choices that stand between these two. */
export function stretch(moves: Moves, from: number, to: number): number[] {
  const out: number[] = [];
  let done = 0;
  for (const entry of moves) {
    if (done >= to) break;
    if (!isTake(entry)) {
      if (done >= from) out.push(entry);
      continue;
    }
    const { process, steps } = decodeTake(entry);
    out.push(take(process, Math.max(0, Math.min(done + steps, to) - Math.max(done, from))));
    done += steps;
  }
  return compact(out);
}

/** `before`, and then `loop` again and again: as many steps as a run without an end has. */
export function goRound(before: Moves, loop: Moves): number[] {
  const out = [...before];
  let left = ENDLESS - stepsOf(before);
  if (stepsOf(loop) === 0) return out;
  for (let i = 0; left > 0; i = (i + 1) % loop.length) {
    const entry = loop[i];
    if (!isTake(entry)) out.push(entry);
    else {
      const { process, steps } = decodeTake(entry);
      out.push(take(process, Math.min(steps, left)));
      left -= steps;
    }
  }
  return compact(out);
}

const wordOf = (entry: number): string => {
  if (!isTake(entry)) return `:${-entry - 1}`;
  const { process, steps } = decodeTake(entry);
  return `${letter(process)}${steps}`;
};

/** The one line of a schedule. */
export function print({ seed, moves }: Schedule): string {
  const round = rounds(moves);
  const words = (round?.before ?? compact(moves)).map(wordOf);
  const loop = round ? [`(${round.loop.map(wordOf).join(' ')})*`] : [];
  return [VERSION, ...(seed === 0 ? [] : [`~${seed}`]), ...words, ...loop].join(' ');
}

/** The schedule is not one, or not of this version. */
export class ScheduleSyntaxError extends Error {
  override readonly name = 'ScheduleSyntaxError';
}

/** The schedule that a line stands for. Throws ScheduleSyntaxError, naming the word that is wrong. */
export function parse(text: string): Schedule {
  const [, plain, again] = /^([^(]*)(?:\(([^()]*)\)\*)?$/s.exec(text.trim()) ?? ['', text.trim()];
  const [version, ...words] = plain.trim().split(/\s+/);
  if (version !== VERSION) {
    throw new ScheduleSyntaxError(
      `schedule '${text}': it begins with '${version}', and this lab reads '${VERSION} …'. Paste the whole line that the lab printed.`,
    );
  }
  const seeded = /^~([1-9]\d{0,8})$/.exec(words[0] ?? '');
  if (seeded) words.shift();
  const read = (word: string): number => {
    const taken = /^([a-z]{1,2})([1-9]\d{0,4})$/.exec(word);
    if (taken && Number(taken[2]) <= 65_536) return take(processOf(taken[1]), Number(taken[2]));
    const chosen = /^:(\d{1,3})$/.exec(word);
    if (chosen) return choice(Number(chosen[1]));
    throw new ScheduleSyntaxError(
      `schedule '${text}': '${word}' is neither steps of a process ('a3': a takes three) nor a choice (':1'), nor a loop behind them ('(a1 b1)*').`,
    );
  };
  const before = words.map(read);
  const loop = again === undefined ? [] : again.trim().split(/\s+/).map(read);
  const moves = loop.length > 0 ? goRound(before, loop) : before;
  return { seed: seeded ? Number(seeded[1]) : 0, moves: compact(moves) };
}
