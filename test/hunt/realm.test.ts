import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { builtFolder } from '../../harness/problem/built.ts';
import { home } from '../../harness/problem/catalogue.ts';

/** The files of which something is in a bundle: esbuild puts the name of each above its text. */
const filesIn = (bundle: string): string[] =>
  [...bundle.matchAll(/^\s*\/\/ (\S+\.[cm]?[jt]s)$/gm)].map(([, file]) => file);

/** What a bundle has from outside the harness, or asks for when it is run. */
const foreignIn = (bundle: string): string[] => [
  ...filesIn(bundle).filter((file) => !file.startsWith('harness/')),
  ...(bundle.match(/\bnode:\w+|\b(require|import)\(/g) ?? []),
];

/** The realm, bundled with one more line. */
async function realmWith(line: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from './harness/hunt/realm.ts';\n${line}`, resolveDir: home },
    absWorkingDir: home,
    bundle: true,
    write: false,
    platform: 'neutral',
    external: ['node:*'],
    format: 'iife',
    globalName: 'realm',
  });
  return outputFiles[0].text;
}

describe('what is evaluated in the realm of student code', () => {
  it('holds nothing but the harness: no fast-check, and nothing of Node', async () => {
    const bundle = readFileSync(join(await builtFolder(), 'realm.js'), 'utf8');
    expect(filesIn(bundle)).toEqual(
      expect.arrayContaining(['harness/hunt/modelled.ts', 'harness/hunt/realm.ts']),
    );
    expect(foreignIn(bundle)).toEqual([]);
  });

  it.each([
    ['fast-check', "export { integer } from 'fast-check';", /node_modules\/fast-check\//],
    ['a part of Node', "export { readFileSync } from 'node:fs';", /^node:fs$/],
    ['a part of Node that is loaded late', "export const fs = () => import('node:fs');", /^node:fs$/],
  ])('is seen to hold %s where it does', async (_, line, foreign) => {
    expect(foreignIn(await realmWith(line))).toContainEqual(expect.stringMatching(foreign));
  });
});
