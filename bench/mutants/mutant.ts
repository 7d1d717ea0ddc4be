import { parse } from 'acorn';
import MagicString from 'magic-string';
import type { Family } from './operator.ts';
import type { Program } from './program.ts';

/** A solution that was changed. */
export interface Mutant {
  readonly operator: string;
  readonly what: string;
  /** Line of the program without its types, from 1, and the text of that line. */
  readonly line: number;
  readonly before: string;
  readonly text: string;
}

/** All mutants of `program` that differ from it and from each other, and are JavaScript. */
export function mutantsOf(program: Program, families: readonly Family[]): Mutant[] {
  const known = new Set([program.text]);
  const mutants: Mutant[] = [];
  for (const [operator, find] of families.flatMap((f) => Object.entries(f))) {
    for (const { what, at, edit } of find(program)) {
      const changed = new MagicString(program.text);
      edit(changed);
      const text = changed.toString();
      if (known.has(text) || !isProgram(text)) continue;
      known.add(text);
      const line = program.text.slice(0, at).split('\n').length;
      mutants.push({ operator, what, line, before: program.text.split('\n')[line - 1].trim(), text });
    }
  }
  return mutants;
}

function isProgram(text: string): boolean {
  try {
    parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
    return true;
  } catch {
    return false;
  }
}
