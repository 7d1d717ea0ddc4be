// What is printed in place of a result.
import { clean } from './clean.ts';
import { type Page, proseWidth } from './page.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { wrap } from './wrap.ts';

/** Why there is no result. */
export interface Failure {
  /** `usage`: how the command was called. `input`: what it was given. `lab`: the lab's own fault, or the machine's. */
  readonly kind: 'usage' | 'input' | 'lab';
  readonly message: string;
}

/** A failure as lines of text; of the lab's own, it says so and what to do. */
export function failureText({ kind, message }: Failure, page: Page): string[] {
  const { bad, strong } = page.palette;
  const [first, ...rest] = clean(message)
    .split('\n')
    .flatMap((line) => wrap(line, proseWidth(page) - 7));
  const out = [
    `${strong(bad('error:'))} ${first}`,
    ...rest.map((line) => (line === '' ? '' : `       ${line}`)),
  ];
  if (kind !== 'lab') return out;
  const whose =
    'This is the fault of the lab or of this machine, not of your solution. `npx lab doctor` says what this machine lacks; if it lacks nothing, please report this with the command that you gave (LAB_DEBUG=1 before it adds the details).';
  return [...out, '', ...wrap(whose, proseWidth(page))];
}

/** A failure as plain JSON. */
export const failureJson = ({ kind, message }: Failure) => ({
  version: JSON_VERSION,
  error: { kind, message },
});
