// The face for vitest: one test a rule.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { BadInput, type CheckRequest, type Verdict } from './check/verdict.ts';
import { engine } from './cli/engine.ts';
import { sourceIn } from './cli/source.ts';
import { workFile } from './cli/standings.ts';
import { expectationsOf } from './report/expectations.ts';
import { findingText } from './report/finding-text.ts';
import type { Page } from './report/page.ts';
import { palette } from './report/palette.ts';
import { replayCommand } from './report/replay-command.ts';

/** How hard to look. Defaults as for `lab check`. */
export interface DescribeOptions extends Pick<CheckRequest, 'seed' | 'schedules' | 'seconds' | 'only'> {
  /** Milliseconds that the whole check may take. Default 120,000. */
  readonly timeout?: number;
}

/** An error that prints as its message: the stack would be the lab's, and tell a student nothing. */
function told(message: string, name = 'Error'): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = message;
  return error;
}

async function judge(
  slug: string,
  file: string,
  options: Omit<DescribeOptions, 'timeout'>,
): Promise<Verdict> {
  try {
    if (!existsSync(resolve(file))) {
      throw new BadInput(
        `${file}: there is no such file. Begin with \`npx lab start ${slug}\`, or name your file.`,
      );
    }
    const verdict = await engine.check({ slug, file, ...options });
    if (verdict.verdict !== 'error') return verdict;
    throw told(`The lab itself failed; your solution was not judged: ${verdict.error}`);
  } catch (error) {
    throw told(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Describes a problem as tests: the solution is checked once, and every rule of the problem is a test of its own.
 * @param file the solution. Default `work/<slug>.ts`, in the current folder.
 */
export function describeProblem(
  slug: string,
  file: string = workFile(slug),
  options: DescribeOptions = {},
): void {
  const { timeout = 120_000, ...request } = options;
  const page: Page = {
    width: Math.max(60, Math.min(120, (process.stdout.columns || 80) - 4)),
    palette: palette(false),
    source: sourceIn(process.cwd()),
  };
  describe(slug, async () => {
    const problem = await engine.problemOf(slug);
    let verdict: Verdict;
    beforeAll(async () => {
      verdict = await judge(slug, file, request);
    }, timeout);

    for (const { title, broken, free } of expectationsOf(problem)) {
      it(title, ({ skip }) => {
        const finding = verdict.findings.find(broken);
        if (finding) {
          const lines = findingText(finding, page);
          throw told(
            [...lines, '', '  See it again:', `  ${replayCommand(verdict, finding)}`].join('\n'),
            'Rejected',
          );
        }
        // A tick for a rule that was hardly examined would be a lie.
        if (verdict.verdict === 'rejected') skip('not known: the hunt ended at what it found');
        if (free && verdict.free.runs === 0) skip('no free run was made');
      });
    }
  });
}
