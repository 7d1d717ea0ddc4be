// What `lab verify` prints: whether a problem can be trusted with students.
import { cleanLine } from './clean.ts';
import { many } from './number.ts';
import { type Page, pageWidth } from './page.ts';
import { table } from './table.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { indented } from './wrap.ts';

/** One thing that must hold of a problem and its solutions. */
export interface Claim {
  /** `rule`: some broken solution breaks it; so with `witness`. */
  readonly about: 'starter' | 'reference' | 'broken' | 'rule' | 'witness';
  /** File name, or the sentence of the rule. */
  readonly name: string;
  readonly ok: boolean;
  /** What must be: `accepted`, `deadlock`. */
  readonly expected: string;
  /** What was seen. */
  readonly found: string;
}

/** A problem with all its claims. */
export interface Verified {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly Claim[];
}

/** Claims that do not hold. */
export const failing = (verified: readonly Verified[]): number =>
  verified.flatMap((one) => one.claims).filter((claim) => !claim.ok).length;

/** One problem's claims as a table. */
export function verifiedText({ title, id, claims }: Verified, page: Page): string[] {
  const { strong, good, bad, faint } = page.palette;
  const rows = claims.map((claim) => [
    { text: claim.ok ? '✓' : '✗', paint: claim.ok ? good : bad },
    { text: claim.about, paint: faint },
    { text: cleanLine(claim.name) },
    claim.ok
      ? { text: cleanLine(claim.found), paint: faint }
      : { text: `${cleanLine(claim.found)}; expected: ${cleanLine(claim.expected)}`, paint: bad },
  ]);
  return [...indented(`${title} (${id})`, 0, pageWidth(page)).map(strong), ...table(rows, page)];
}

/** The last line: how many claims hold. */
export function verifiedSum(verified: readonly Verified[], page: Page): string[] {
  const all = verified.reduce((sum, one) => sum + one.claims.length, 0);
  const wrong = failing(verified);
  const text =
    wrong === 0
      ? `✓ ${many(all, 'claims')}, and all hold.`
      : `✗ ${wrong} of ${many(all, 'claims')} do not hold.`;
  return indented(text, 0, pageWidth(page)).map(wrong === 0 ? page.palette.good : page.palette.bad);
}

/** All claims as plain JSON. */
export const verifiedJson = (verified: readonly Verified[]) => ({
  version: JSON_VERSION,
  ok: failing(verified) === 0,
  problems: verified.map(({ id, title, claims }) => ({
    id,
    title,
    ok: claims.every((claim) => claim.ok),
    claims: claims.map(({ about, name, ok, expected, found }) => ({ about, name, ok, expected, found })),
  })),
});
