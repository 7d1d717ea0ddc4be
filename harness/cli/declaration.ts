import { type Kind, kinds } from '../check/finding.ts';
import type { Case } from '../problem/problem.ts';

/** What a broken solution says of itself in the block comment at its top. */
export interface Declaration {
  /** `@finding deadlock` or `@finding unsafe|lost`: one of these must be found. */
  readonly findings: readonly Kind[];
  /** `@rule …`: the sentences of the rules or witnesses that it breaks. */
  readonly rules: readonly string[];
  /** `@misconception …`: what its author believed. */
  readonly misconception: string | undefined;
  /** `@smallest {…}`: the case that the finding must come down to. */
  readonly smallest: Case | undefined;
  /** What is wrong with the declaration itself. */
  readonly faults: readonly string[];
}

function tagsOf(text: string): { name: string; value: string }[] {
  const block = /^\s*(?:(?:\/\/[^\n]*\n|#![^\n]*\n)\s*)*\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const plain = block.replace(/^[ \t]*\*[ \t]?/gm, '').trim();
  return plain.split(/^(?=@)/m).flatMap((part) => {
    const found = /^@(\w+)\s*([\s\S]*)$/.exec(part);
    return found ? [{ name: found[1], value: found[2].replace(/\s+/g, ' ').trim() }] : [];
  });
}

function caseIn(value: string | undefined, faults: string[]): Case | undefined {
  if (value === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Case;
  } catch {
    // Said below.
  }
  faults.push(`@smallest '${value}' is no JSON object`);
  return undefined;
}

/** Reads the declaration in the text of a broken solution. */
export function declarationOf(text: string): Declaration {
  const tags = tagsOf(text);
  const faults: string[] = [];
  const values = (name: string) => tags.filter((tag) => tag.name === name).map((tag) => tag.value);
  const words = values('finding').flatMap((value) => value.split('|').map((word) => word.trim()));
  const findings = words.filter((word): word is Kind => (kinds as readonly string[]).includes(word));
  if (words.length === 0) faults.push('it declares no @finding');
  for (const word of words)
    if (!(findings as string[]).includes(word)) faults.push(`@finding '${word}' is no kind of finding`);
  const [misconception] = values('misconception');
  if (misconception === undefined || misconception === '') faults.push('it names no @misconception');
  return {
    findings,
    rules: values('rule'),
    misconception,
    smallest: caseIn(values('smallest')[0], faults),
    faults,
  };
}
