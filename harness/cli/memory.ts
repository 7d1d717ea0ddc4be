// What was found about the student's files, in work/.lab.json, by the hash of their content: a file that is changed
// back is known again.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, kinds } from '../check/finding.ts';

/** One verdict that is remembered. */
export interface Remembered {
  readonly problem: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly kinds: readonly Kind[];
}

/** The student's folder, in the current one. */
export const WORK = 'work';
/** Verdicts kept for each problem, the latest. */
const KEPT = 20;

const path = (cwd: string): string => join(cwd, WORK, '.lab.json');

/** The hash of a file's content; undefined where there is no such file. */
export function hashOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

const wellFormed = (r: Partial<Remembered> | null): r is Remembered =>
  typeof r?.problem === 'string' &&
  typeof r.hash === 'string' &&
  (r.verdict === 'accepted' || r.verdict === 'rejected') &&
  Array.isArray(r.kinds) &&
  r.kinds.every((kind) => kinds.includes(kind));

/** All verdicts that are remembered, oldest first. What cannot be read counts as nothing remembered. */
export function recall(cwd: string): Remembered[] {
  try {
    const { version, checks } = JSON.parse(readFileSync(path(cwd), 'utf8'));
    return version === 1 && Array.isArray(checks) ? checks.filter(wellFormed) : [];
  } catch {
    return [];
  }
}

/** Remembers a verdict. Where that is not possible (a read-only folder), nothing is remembered: the verdict counts. */
export function remember(cwd: string, verdict: Remembered): void {
  const others = recall(cwd).filter((r) => r.problem !== verdict.problem);
  const same = recall(cwd).filter((r) => r.problem === verdict.problem && r.hash !== verdict.hash);
  const checks = [...others, ...same.slice(1 - KEPT), verdict];
  try {
    mkdirSync(join(cwd, WORK), { recursive: true });
    const fresh = `${path(cwd)}.${process.pid}`;
    writeFileSync(fresh, `${JSON.stringify({ version: 1, checks }, null, 2)}\n`);
    renameSync(fresh, path(cwd));
  } catch {
    // See above.
  }
}
