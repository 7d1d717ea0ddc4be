import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BadInput, type CheckRequest, type Verdict } from '../check/verdict.ts';
import { verdictJson } from '../report/verdict-json.ts';
import { verdictText } from '../report/verdict-text.ts';
import type { Call, Command } from './command.ts';
import { hashOf, remember } from './memory.ts';
import { progressLine, progressText } from './progress.ts';
import { workFile } from './standings.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const exitCode = { accepted: 0, rejected: 1, error: 3 } as const;

export const MOST_SEED = 2 ** 31 - 1;

function only(value: string | true | undefined): 'controlled' | 'free' | undefined {
  if (value === undefined || value === 'controlled' || value === 'free') return value;
  throw new UsageError(
    `--only '${value}': the kinds of run are 'controlled' and 'free'. Leave it out for both.`,
  );
}

function requestOf({ operands: [slug, file], options }: Call): CheckRequest {
  const given = {
    seed: wholeNumber('seed', options.seed, 0, MOST_SEED),
    schedules: wholeNumber('schedules', options.schedules, 1, 1_000_000_000),
    seconds: wholeNumber('seconds', options.seconds, 1, 86_400),
    only: only(options.only),
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { slug, file: file ?? workFile(slug), ...set };
}

/** Remembers what was found about the student's own file. An acceptance counts only where all was tried. */
function note({ terminal, options }: Call, verdict: Verdict, hash: string | undefined): void {
  const own = resolve(terminal.cwd, workFile(verdict.problem));
  const path = resolve(terminal.cwd, verdict.file);
  // Changed while it was checked: nobody knows which of the two was judged.
  if (path !== own || hash === undefined || hashOf(path) !== hash || verdict.verdict === 'error') return;
  const partly =
    options.only !== undefined || options.schedules !== undefined || options.seconds !== undefined;
  if (verdict.verdict === 'accepted' && partly) return;
  const kinds = [...new Set(verdict.findings.map((finding) => finding.kind))];
  remember(terminal.cwd, { problem: verdict.problem, hash, verdict: verdict.verdict, kinds });
}

export const check: Command = {
  name: 'check',
  summary: 'hunt for an interleaving that breaks a solution, then run it at full speed',
  operands: ['slug', 'file?'],
  options: {
    seed: { value: 'N', says: 'where the hunt begins; the same seed gives the same verdict. Default 1' },
    schedules: { value: 'N', says: 'controlled runs in all. Without it, the default budget of the lab' },
    seconds: { value: 'S', says: 'end the hunt after so many seconds (default 60)' },
    only: { value: 'KIND', says: '`controlled` or `free`: only these runs. Default both' },
  },
  about: [
    'Without a file, work/<slug>.ts is checked.',
    'Exit code: 0 accepted, 1 rejected, 2 bad usage or input, 3 the fault of the lab or of the machine.',
    'The object of --json is described in docs/check.schema.json.',
  ],
  examples: [
    'npx lab check dining-philosophers',
    'npx lab check dining-philosophers mine.ts --schedules 100000',
  ],
  async run(call) {
    const { engine, terminal } = call;
    const request = requestOf(call);
    await engine.problemOf(request.slug);
    const path = resolve(terminal.cwd, request.file);
    if (call.operands[1] === undefined && !existsSync(path)) {
      throw new BadInput(
        `${request.file}: there is no such file here. Begin with \`npx lab start ${request.slug}\`, or name your file: \`npx lab check ${request.slug} <file>\`.`,
      );
    }
    const hash = hashOf(path);
    const line = progressLine(terminal);
    const verdict = await engine
      .check(request, (progress) => line.show(progressText(progress)))
      .finally(() => line.clear());
    note(call, verdict, hash);
    if (call.json) call.printJson(verdictJson(verdict));
    else call.print(verdictText(verdict, call.page));
    return exitCode[verdict.verdict];
  },
};
