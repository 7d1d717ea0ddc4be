import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../harness/check/finding.ts';
import { declarationOf } from '../../harness/cli/declaration.ts';
import { home, problems } from '../../harness/problem/catalogue.ts';

/** A solution whose verdict is known beforehand. */
export interface Subject {
  readonly slug: string;
  /** Path from the package's folder. */
  readonly file: string;
  /** What must be found, one of these; none for a reference, which must be accepted. */
  readonly declared: readonly Kind[];
}

/** The solutions in `folder`, a path from the package's folder. */
function solutionsIn(folder: string): string[] {
  if (!existsSync(join(home, folder))) return [];
  return readdirSync(join(home, folder))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** All reference and broken solutions, or those of one problem. Throws where a broken one declares no finding. */
export async function subjects(only: string | undefined): Promise<Subject[]> {
  const all: Subject[] = [];
  for (const { id: slug } of await problems()) {
    if (only !== undefined && slug !== only) continue;
    for (const file of solutionsIn(`solutions/${slug}`)) all.push({ slug, file, declared: [] });
    for (const file of solutionsIn(`solutions/${slug}/broken`)) {
      const { findings, faults } = declarationOf(readFileSync(join(home, file), 'utf8'));
      if (findings.length === 0) throw new Error(`${file}: ${faults.join('; ')}.`);
      all.push({ slug, file, declared: findings });
    }
  }
  return all;
}
