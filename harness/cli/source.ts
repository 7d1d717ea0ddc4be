import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '../report/page.ts';

/** Looks up the student's own lines; each file is read once. Relative names count from `cwd`. */
export function sourceIn(cwd: string): Page['source'] {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const path = resolve(cwd, file);
    let lines = files.get(path);
    if (lines === undefined) {
      try {
        lines = readFileSync(path, 'utf8').split(/\r?\n/);
      } catch {
        lines = [];
      }
      files.set(path, lines);
    }
    return lines[line - 1];
  };
}
