// The kill tests: a random process (a worker, the referee, the command) is killed at a random moment, over all
// mechanisms, in controlled runs and in free ones; and after each kill it is looked at what is left: processes,
// descriptors, names, ids, files.
//
//   npm run kills -- [--count N] [--commands N] [--minutes M] [--seed S] [--lanes N]
//                    [--only subject] [--victim worker|referee] [--json]
//
// So many kills, by default 1000, but none is begun after M minutes, by default 60; N of them, by default one in 50, of
// whole commands. --only: subjects whose names have this in them. Lanes: as many as there are processors.
// Ctrl-C ends it early, with what was done until then.
// Exit codes: 0 nothing is ever left and nothing wrong was said, 1 something, 2 bad usage.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { allowedProcessors } from '../harness/os/affinity.ts';
import { builtFolder } from '../harness/problem/built.ts';
import { home } from '../harness/problem/catalogue.ts';
import { killCommand } from './kills/command.ts';
import { type Killed, Lane } from './kills/lane.ts';
import { subjects } from './kills/subjects.ts';

/** A generator of numbers from 0 to 1 (Marsaglia, "Xorshift RNGs", 2003). */
function random(seed: number): () => number {
  let x = seed | 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  const n = Number(text ?? otherwise);
  if (!Number.isInteger(n) || n < 0) {
    console.error(`--${name} '${text}': give a whole number.`);
    process.exit(2);
  }
  return n;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    seed: { type: 'string' },
    commands: { type: 'string' },
    only: { type: 'string' },
    victim: { type: 'string' },
    lanes: { type: 'string' },
    minutes: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const count = wholeNumber('count', values.count, 1000);
const seed = wholeNumber('seed', values.seed, 1);
const commands = wholeNumber('commands', values.commands, Math.floor(count / 50));
function victimIn(text: string | undefined): 'worker' | 'referee' | undefined {
  if (text === undefined || text === 'worker' || text === 'referee') return text;
  console.error(`--victim '${text}': worker or referee.`);
  process.exit(2);
}
const victim = victimIn(values.victim);
const chosen = [...subjects.keys()].filter((n) => subjects[n].name.includes(values.only ?? ''));
if (chosen.length === 0) {
  console.error(`--only '${values.only}': there are ${subjects.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const minutes = wholeNumber('minutes', values.minutes, 60);
const lanes = wholeNumber('lanes', values.lanes, allowedProcessors().length);

/** The referee of the kill tests, compiled beside the lab's own programs, which it starts. */
async function compiledPlayer(): Promise<string> {
  const outfile = join(await builtFolder(), `kills-${process.pid}.js`);
  await build({
    entryPoints: [join(home, 'bench/kills/player.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['koffi', 'esbuild', 'vitest'],
    logLevel: 'silent',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return outfile;
}

const began = performance.now();
const until = began + minutes * 60_000;
const file = await compiledPlayer();
const temporary = mkdtempSync(join(tmpdir(), 'kills-'));
const all: Killed[] = [];
let stopped = false;
process.once('SIGINT', () => {
  stopped = true; // what was done until now is told
});
const done = { kills: 0 };

function told(k: Killed): void {
  all.push(k);
  done.kills += k.kills;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done.kills} of ${count}`);
  if (k.left.length + k.wrong.length > 0) console.error(JSON.stringify(k));
}

async function lane(number: number): Promise<void> {
  const folder = mkdtempSync(join(temporary, `${number}-`));
  const rand = random(seed * 1000 + number + 1);
  const one = new Lane(file, folder, rand, chosen, victim);
  try {
    while (done.kills < count - commands && performance.now() < until && !stopped) told(await one.killOne());
  } finally {
    await one.close();
  }
}

try {
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
  const rand = random(seed);
  for (let n = 0; n < commands && !stopped; n++) told(await killCommand(rand));
} finally {
  rmSync(file, { force: true });
  rmSync(temporary, { recursive: true, force: true });
}

const seconds = (performance.now() - began) / 1000;
const failed = all.filter(({ left, wrong }) => left.length + wrong.length > 0);
const of = (victim: Killed['victim']): number =>
  all.filter((k) => k.victim === victim).reduce((sum, { kills }) => sum + kills, 0);
const bySubject = Object.fromEntries(
  [...new Set(all.map(({ subject }) => subject))]
    .sort()
    .map((s) => [s, all.filter((k) => k.subject === s).reduce((sum, { kills }) => sum + kills, 0)]),
);
if (values.json) {
  console.log(
    JSON.stringify(
      {
        version: 1,
        seed,
        kills: done.kills,
        seconds,
        workers: of('worker'),
        referees: of('referee'),
        commands: of('command'),
        inRuns: all.filter(({ inRun }) => inRun).length,
        subjects: bySubject,
        failed,
      },
      null,
      2,
    ),
  );
} else {
  console.log(
    `${done.kills} kills in ${seconds.toFixed(0)} s: ${of('worker')} of workers, ${of('referee')} of referees, ${of('command')} of commands, over ${Object.keys(bySubject).length} subjects.`,
  );
  console.log(
    `Something left after ${all.filter(({ left }) => left.length > 0).length}, something wrong said in ${all.filter(({ wrong }) => wrong.length > 0).length}.`,
  );
}
process.exitCode = failed.length > 0 ? 1 : 0;
