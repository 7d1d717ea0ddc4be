import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { home } from '../harness/problem/catalogue.ts';
import { faultsIn, type Sources } from './architecture.ts';

const folder = join(home, 'harness');
const harness: Sources = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
);

/** What one more file, or another text of one, adds to what is wrong. */
const added = (sources: Sources): string[] => {
  const before = new Set(faultsIn(harness));
  return faultsIn({ ...harness, ...sources }).filter((fault) => !before.has(fault));
};
const more = (path: string, line: string): Sources => ({ [path]: `${line}\n${harness[path] ?? ''}` });

describe('the house', () => {
  it('has imports in one direction only, and names that say something', () => {
    expect(Object.keys(harness).length).toBeGreaterThan(80);
    expect(faultsIn(harness)).toEqual([]);
  });

  it.each<[string, Sources, string]>([
    [
      'a primitive that knows of processes',
      more('sync/mutex.ts', "import { Run } from '../process/control.ts';"),
      'sync/mutex.ts imports process/control.ts',
    ],
    [
      'a problem that knows of judges, if only of their types',
      more('problem/problem.ts', "import type { Finding } from '../check/finding.ts';"),
      'problem/problem.ts imports check/finding.ts',
    ],
    [
      'a report that hunts, in an import of many lines',
      more('report/page.ts', "import {\n  check,\n} from '../hunt/check.ts';"),
      'report/page.ts imports hunt/check.ts',
    ],
    [
      'a judge that leads on to the command by an export',
      more('check/judge.ts', "export * from '../cli/main.ts';"),
      'check/judge.ts imports cli/main.ts',
    ],
    [
      'a hunt that loads the command late',
      more('hunt/plan.ts', "const run = () => import('../cli/run.ts');"),
      'hunt/plan.ts imports cli/run.ts',
    ],
    [
      'a report that reads files',
      more('report/page.ts', "import { readFileSync } from 'node:fs';"),
      'report/page.ts imports node:fs',
    ],
    [
      'koffi outside os',
      more('process/team.ts', "import koffi from 'koffi';"),
      'process/team.ts imports koffi',
    ],
    [
      'the system outside those who may reach it',
      more('hunt/plan.ts', "import { pin } from '../os/affinity.ts';"),
      'hunt/plan.ts imports os/affinity.ts',
    ],
    [
      'shared memory that reaches the system past its segment',
      more('shared/cell.ts', "import { futex } from '../os/futex.ts';"),
      'shared/cell.ts imports os/futex.ts',
    ],
    [
      'fast-check outside the hunt',
      more('schedule/schedule.ts', "import fc from 'fast-check';"),
      'schedule/schedule.ts imports fast-check',
    ],
    [
      'a package that nobody decided on',
      more('problem/case.ts', "import chalk from 'chalk';"),
      'problem/case.ts imports chalk',
    ],
    [
      'Node in the realm of student code',
      more('shared/element.ts', "import '../process/team.ts';"),
      'the realm of student code contains node:fs',
    ],
    [
      'a circle',
      more('shared/operation.ts', "import { arena } from './arena.ts';"),
      'shared/operation.ts imports itself in a circle',
    ],
    ['a default export', more('report/page.ts', 'export default 1;'), 'report/page.ts has a default export'],
    ['a file for everything', { 'report/utils.ts': '' }, 'report/utils.ts has a name that says nothing'],
    [
      'a folder for everything',
      { 'check/common/a.ts': '' },
      'check/common/a.ts has a name that says nothing',
    ],
    [
      'a folder that nobody designed',
      { 'engine/a.ts': '' },
      'engine/a.ts lies where the design knows no folder',
    ],
    [
      'leave that nobody needs any more',
      { 'hunt/referee.ts': '' },
      'hunt/referee.ts needs no leave to import os/death.ts',
    ],
    [
      'an import of what is not there',
      more('hunt/plan.ts', "import './gone.ts';"),
      'hunt/plan.ts imports hunt/gone.ts: no file',
    ],
  ])('is no place for %s', (_, sources, fault) => {
    expect(added(sources)).toContain(fault);
  });

  it('lets types close a circle, which is none when the program runs', () => {
    expect(added(more('shared/operation.ts', "import type { Arena } from './arena.ts';"))).toEqual([]);
  });
});
