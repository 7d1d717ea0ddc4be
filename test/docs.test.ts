import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { home } from '../harness/problem/catalogue.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...(readdirSync(join(home, 'docs'), { recursive: true, encoding: 'utf8' }) as string[])
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
  ...readdirSync(join(home, 'problems')).map((slug) => join('problems', slug, 'README.md')),
];

/** The files of this repository that a page leads to. */
const linksOf = (page: string): string[] =>
  [...readFileSync(join(home, page), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, to]) => to)
    .filter((to) => !/^[a-z]+:/.test(to))
    .map((to) => join(dirname(page), to));

describe('the documentation', () => {
  it.each(pages)('leads nowhere where nothing is: %s', (page) => {
    expect(linksOf(page).filter((to) => !existsSync(join(home, to)))).toEqual([]);
  });
  it('can be reached from the README, where it is about a mechanism', () => {
    const linked = linksOf('README.md');
    const mechanisms = pages.filter((page) => page.startsWith('docs/mechanisms/'));
    expect(mechanisms.length).toBeGreaterThan(15);
    expect(mechanisms.filter((page) => !linked.includes(page))).toEqual([]);
  });
});
