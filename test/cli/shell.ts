// A command line with an engine made by hand: what was asked of it, and what came out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { BadInput, type CheckRequest } from '../../harness/check/verdict.ts';
import type { Engine } from '../../harness/cli/engine.ts';
import { run } from '../../harness/cli/run.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import * as made from '../report/made.ts';
import { seedFound, seedMissed } from '../report/made-seeds.ts';

export const problem: AnyProblem = {
  id: 'dining-philosophers',
  title: 'Dining philosophers',
  level: 2,
  summary: 'Neighbours share a fork.',
  parameters: { seats: { least: 2, most: 7, free: 7 }, meals: { least: 1, most: 3, free: 100 } },
  roles: { philosopher: (c) => c.seats },
  me: { philosopher: () => ({}) },
  specification: {
    start: () => ({}),
    events: { eatBegins: { says: 'begins to eat', rules: { 'neighbours never eat together': () => true } } },
    ends: { 'everyone eats as often as asked': () => true },
    witnesses: { 'half of the table eats at once': { seen: () => true } },
  },
  speed: { case: { seats: 5, meals: 10 }, unit: 'meals', count: () => 50 },
};

/** An empty folder, gone after the test. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'lab-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) put(path, name, text);
  return path;
}

export function put(cwd: string, name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}

const starter = 'export default {};\n';

/** An engine that accepts everything, with `parts` in place of its own. */
export function engineWith(
  parts: Partial<Engine> = {},
  home = folder({ 'problems/dining-philosophers/starter.ts': starter }),
) {
  const asked: CheckRequest[] = [];
  const engine: Engine = {
    check: async (request) => {
      asked.push(request);
      return { ...made.accepted, file: request.file, seed: request.seed ?? 1 };
    },
    replay: async (request) => ({
      case: request.case,
      schedule: request.schedule,
      finding: made.deadlock,
      run: made.deadlock,
      said: [],
    }),
    free: async (request) => ({
      case: request.case ?? problem.speed.case,
      runs: request.runs ?? 3,
      unit: 'meals',
      perSecond: [1, 2, 3],
      findings: [],
    }),
    clean: async () => [],
    compare: async () => ({ rows: [] }),
    hunt: async (request) => ({
      case: request.case ?? { seats: 2, meals: 1 },
      strategy: request.strategy ?? 'portfolio',
      cap: request.schedules ?? 20_000,
      seeds: [seedFound, seedMissed],
      notes: [],
    }),
    problems: async () => [problem],
    problemOf: async (slug) => {
      if (slug !== problem.id) throw new BadInput(`no problem '${slug}'. Did you mean '${problem.id}'?`);
      return problem;
    },
    parseCase: async (_, json) => {
      try {
        return JSON.parse(json);
      } catch {
        throw new BadInput(`case '${json}' is no JSON.`);
      }
    },
    home: async () => home,
    examine: async () => [{ name: 'Node', ok: true, found: process.version }],
    ...parts,
  };
  return { engine, asked };
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Columns of both streams, as on a terminal. */
  readonly columns?: number;
  readonly engine?: Engine;
}

/** Runs the command line as if from a shell. */
export async function lab(argv: readonly string[], around: Surroundings = {}) {
  let out = '';
  let error = '';
  const code = await run(
    argv,
    {
      cwd: around.cwd ?? folder(),
      env: around.env ?? {},
      columns: around.columns,
      errorColumns: around.columns,
      out: (text) => {
        out += text;
      },
      error: (text) => {
        error += text;
      },
    },
    around.engine ?? engineWith().engine,
  );
  return { code, out, error, flat: out.replace(/\s+/g, ' '), flatError: error.replace(/\s+/g, ' ') };
}
