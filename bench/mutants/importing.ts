import type MagicString from 'magic-string';

/** Imports one more thing from 'interleave'; `mutex as mutex_`, so that no name is taken. */
export function importing(text: MagicString, what: string): void {
  text.prepend(`import { ${what} } from 'interleave';\n`);
}
