// The bench: every figure that the lab promises, beside the same thing done in C.
//
//   npm run bench -- [--json] [--rounds N] [--only name[,name …]]
//
// The measurements are taken in turn, ours and the peer's, round after round, so that whatever else the machine is
// doing falls on all of them alike; what is shown are the medians. Exit codes: 0 all was measured (also where
// something is short of what is wanted), 2 bad usage, 3 a measurement failed.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BUSY, busy } from './busy.ts';
import { judge } from './judge.ts';
import type { Result } from './measurement.ts';
import { measurements } from './measurements.ts';
import { median } from './median.ts';
import { buildPeers, runPeer } from './peers/build.ts';
import { table } from './table.ts';

/** Fewer would make the median a matter of luck. */
const ROUNDS = 5;

interface Options {
  readonly json: boolean;
  readonly rounds: number;
  readonly only: readonly string[];
}

function options(): Options {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, rounds: { type: 'string' }, only: { type: 'string' } },
  });
  const rounds = Number(values.rounds ?? ROUNDS);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds '${values.rounds}': give a whole number of at least 1.`);
  }
  const only = values.only?.split(',') ?? measurements.map((m) => m.name);
  for (const name of only) {
    if (measurements.some((m) => m.name === name)) continue;
    throw new RangeError(`--only '${name}': there are ${measurements.map((m) => m.name).join(', ')}.`);
  }
  return { json: values.json ?? false, rounds, only };
}

async function main(): Promise<number> {
  let asked: Options;
  try {
    asked = options();
  } catch (e) {
    console.error((e as Error).message);
    return 2;
  }
  const chosen = measurements.filter((m) => asked.only.includes(m.name));
  const samples = chosen.map(() => ({ ours: [] as number[], peer: [] as number[] }));
  const errors: (string | undefined)[] = chosen.map(() => undefined);
  const withoutPeers = await buildPeers();
  if (withoutPeers !== undefined) console.error(`No ratios: ${withoutPeers}.`);

  const others: number[] = [];
  for (let round = 0; round < asked.rounds; round++) {
    others.push(await busy());
    for (const [i, measurement] of chosen.entries()) {
      if (errors[i] !== undefined) continue;
      if (process.stderr.isTTY)
        process.stderr.write(`\r\x1b[K${round + 1}/${asked.rounds} ${measurement.name}`);
      try {
        samples[i].ours.push(await measurement.ours());
        if (measurement.peer && withoutPeers === undefined)
          samples[i].peer.push(await runPeer(measurement.peer));
      } catch (e) {
        errors[i] = (e as Error).message;
      }
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

  const share = median(others) ?? 0;
  if (share > BUSY) {
    console.error(
      `Something else used ${Math.round(share * 100)} % of the processors between the rounds: do not trust these figures. Run the bench again when it has ended.`,
    );
  }
  const results: Result[] = chosen.map((m, i) => judge(m, samples[i], errors[i]));
  if (asked.json) {
    const machine = {
      node: process.version,
      architecture: process.arch,
      processor: cpus()[0]?.model ?? null,
      processors: availableParallelism(),
      /** The share of their time that others used between the rounds. */
      busy: Math.round(share * 100) / 100,
    };
    const peers = withoutPeers ?? 'cc -O2';
    console.log(
      JSON.stringify({ version: 1, machine, peers, rounds: asked.rounds, measurements: results }, null, 2),
    );
  } else console.log(table(results));
  return errors.some((e) => e !== undefined) ? 3 : 0;
}

process.exitCode = await main();
