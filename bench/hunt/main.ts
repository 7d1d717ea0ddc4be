// The hunt's scoreboard: how many schedules each strategy needs to the first bug of known programs, beside the best
// that anybody has published.
//
//   npm run bench:hunt -- [--json] [--seeds N] [--cap N] [--only name[,name …]] [--strategies name[,name …]] [--processes]
//
// A mean over the seeds (default 200); a seed under which nothing is found within the cap (default 20,000) counts as
// the cap, and the figure is marked. A strategy that finds nothing under ten of them is not played further. The model
// plays; with --processes, real ones. Exit codes: 0 all was played, 2 bad usage, 3 something failed.
import { parseArgs } from 'node:util';
import { meanOf } from './first-bug.ts';
import { hunters } from './hunters.ts';
import { modelPlayer } from './model-player.ts';
import { processPlayer } from './process-player.ts';
import { type Row, table } from './scoreboard.ts';
import { subjects } from './subjects.ts';

function whole(name: string, given: string | undefined, otherwise: number): number {
  const n = Number(given ?? otherwise);
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`--${name} '${given}': give a whole number from 1.`);
  return n;
}

function chosen<T extends { readonly name: string }>(
  option: string,
  given: string | undefined,
  all: readonly T[],
): T[] {
  if (given === undefined) return [...all];
  return given.split(',').map((name) => {
    const one = all.find((a) => a.name === name);
    if (one) return one;
    throw new RangeError(`--${option} '${name}': there are ${all.map((a) => a.name).join(', ')}.`);
  });
}

function options() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      processes: { type: 'boolean' },
      seeds: text,
      cap: text,
      only: text,
      strategies: text,
    },
  });
  return {
    json: values.json ?? false,
    open: values.processes ? processPlayer : modelPlayer,
    seeds: whole('seeds', values.seeds, 200),
    cap: whole('cap', values.cap, 20_000),
    subjects: chosen('only', values.only, subjects),
    hunters: chosen('strategies', values.strategies, hunters),
  };
}

async function main(): Promise<number> {
  let asked: ReturnType<typeof options>;
  try {
    asked = options();
  } catch (e) {
    console.error((e as Error).message);
    return 2;
  }
  const rows: Row[] = [];
  for (const subject of asked.subjects) {
    const player = await asked.open(subject);
    if (player === undefined) {
      rows.push({ ...subject, means: undefined });
      continue;
    }
    try {
      const means = asked.hunters.map((hunter) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${subject.name} ${hunter.name}`);
        return meanOf(player, hunter, asked.seeds, asked.cap);
      });
      rows.push({ ...subject, means });
    } finally {
      await player.close();
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const { seeds, cap } = asked;
  console.log(asked.json ? JSON.stringify({ version: 1, seeds, cap, subjects: rows }, null, 2) : table(rows));
  return 0;
}

try {
  process.exitCode = await main();
} catch (e) {
  console.error(e);
  process.exitCode = 3;
}
