// A problem without a story, for tests: so many processes of one role, which tell what they see. And a session that
// plays it, with solutions that are written in the test itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunView, viewOf } from '../harness/check/run-view.ts';
import { Session } from '../harness/hunt/session.ts';
import * as interleave from '../harness/index.ts';
import { allowedProcessors, pin } from '../harness/os/affinity.ts';
import { type Compiled, compile } from '../harness/problem/compile.ts';
import type { AnyProblem, Case } from '../harness/problem/problem.ts';
import { RECORD_WORDS } from '../harness/process/control.ts';
import type { Outcome } from '../harness/process/team.ts';

/** What a solution tells is multiplied by this: events carry whole numbers only. */
export const TOLD = 4;

const definition = (more = ''): string => `({
  id: 'workbench',
  title: 'Workbench',
  level: 1,
  summary: 'Anything.',
  parameters: { processes: between(1, 8) },
  roles: { worker: (c) => c.processes },
  specification: {
    start: () => ({}),
    events: { told: { says: (e) => 'tells ' + e.value / ${TOLD} } },
  },
  me: {
    worker: (c, number, world) => ({
      number,
      tell: (value) => world.event('told', Number(value) * ${TOLD}),
      think: () => world.think(),
      random: (below) => world.random(below),
    }),
  },
  speed: { case: { processes: 2 }, unit: 'runs', count: () => 1 },
  mechanisms: ['channel', 'mailbox', 'direct'],
  ${more}
})`;

const program = (more: string): string => `(function (__interleave, __problem, __deliver) {"use strict";
const { between } = __interleave; __deliver(${definition(more)}); })`;

/** The problem as the referee knows it; `more` is what it says besides. */
const problemWith = (more: string): AnyProblem =>
  new Function('between', `return ${definition(more)}`)(interleave.between) as AnyProblem;
export const workbench = problemWith('');

/** A solution of the workbench in plain JavaScript, as a worker loads it, without a compiler. */
export const solution = (share: string, worker: string): string =>
  `(function (__interleave, __problem, __deliver) {"use strict";
const { ${Object.keys(interleave).join(', ')} } = __interleave;
__deliver(solve(__problem('workbench'), { share: (c) => (${share}), worker(shared, me) {\n${worker}\n} }));
})`;

/** A copy of the records of the controlled run just played. */
export const records = (session: Session, outcome: Outcome): Int32Array =>
  session.team.trace.slice(0, outcome.steps * RECORD_WORDS);

/** Compiles a student's file with this text, as the lab does. Nothing of it is left on disk. */
export async function compiled(text: string): Promise<Compiled & { readonly file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-'));
  const file = join(folder, 'solution.ts');
  try {
    writeFileSync(file, text);
    return { ...(await compile(file)), file };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let pinned = false;

/**
 * Puts this process, and the teams that it starts, on one processor, as a referee does: the first of the two test
 * files that run at once on the first one, the second on the second.
 */
export function onOneProcessor(): void {
  if (pinned) return;
  const all = allowedProcessors();
  pin([all[Number(process.env.VITEST_POOL_ID ?? 0) % all.length]]);
  pinned = true;
}

const processors = allowedProcessors();

/** A session that plays the workbench. Close it in afterAll or afterEach. */
export class Workbench extends Session {
  readonly #more: string;

  /** @param more what the problem says besides: `faults: { kills: 1 },` */
  constructor(more = '') {
    super();
    this.#more = more;
    onOneProcessor();
  }

  /** Loads a solution, made by `solution` or `compiled`, and enters the case. */
  async use(code: string, c: Case, twin?: string): Promise<void> {
    await this.ready();
    this.problem = problemWith(this.#more);
    this.case = {};
    const programs = { problem: program(this.#more), solution: code, ...(twin && { twin }) };
    await this.team.load(programs, workbench.roles.worker(c));
    await this.enter({ ...c });
  }

  /** Lets the workers run on all processors, or on one again. */
  spread(wide: boolean): void {
    for (const pid of this.team.pids) pin(wide ? processors : processors.slice(0, 1), pid);
  }

  /** The run just played. */
  seen(mode: RunView['mode'], outcome: Outcome): RunView {
    return viewOf(this.team, mode, outcome, workbench.roles.worker(this.case), this.objects);
  }
}
