// How many runs a case has, and how many states: `npx tsx bench/states.ts producer-consumer two-conditions '{…}' 60`, the
// problem, one of its reference solutions, the case, and after how many seconds of processor time each search ends.
// A search that is named behind them, `explorer`, `states` or `held`, is the only one.
import { join } from 'node:path';
import { judgeOf } from '../harness/check/judge.ts';
import { Modelled } from '../harness/hunt/modelled.ts';
import { Explorer } from '../harness/model/explorer.ts';
import { StateSearch } from '../harness/model/state-search.ts';
import { WorldState } from '../harness/model/world-state.ts';
import { processesOf } from '../harness/problem/case.ts';
import { home, problemOf } from '../harness/problem/catalogue.ts';
import { boardAlone } from '../harness/process/board.ts';
import { twinOf } from './model.ts';

const [slug, solution, given, most = '60', only] = process.argv.slice(2);
if (given === undefined)
  throw new Error('say what to count: problem, solution, case as JSON (\'{"seats":3}\')');
const c = JSON.parse(given);
const problem = await problemOf(slug);
const board = boardAlone();
const modelled = new Modelled(board);
modelled.load(problem, await twinOf(join(home, 'solutions', slug, `${solution}.ts`)));
modelled.enter(c);
const processes = processesOf(problem, c);
const related = Object.values(problem.specification.events).map(() => true);
const judge = judgeOf(problem, c);
const MOST_SECONDS = Number(most);

const explorer = new Explorer(board, processes, related);
const world = new WorldState(problem, c);
const { player } = modelled;
const races = problem.races !== 'allowed';
const states = new StateSearch(board, player, processes, related, world, races);
const { holders } = player;
const held = new StateSearch(board, player, processes, related, world, races, { holders });
for (const [name, search] of [
  ['explorer', explorer],
  ['states', states],
  ['held', held],
] as const) {
  if (only !== undefined && name !== only) continue;
  player.holds = search === held;
  const before = process.cpuUsage();
  const seconds = (): number => process.cpuUsage(before).user / 1e6;
  let runs = 0;
  let pruned = 0;
  let steps = 0;
  let isWhole = true;
  do {
    search.begin();
    const view = modelled.play({ mode: 'controlled', seed: 0, world: 0, strategy: search }, search);
    search.finish();
    const judgement = judge.judge(view);
    if (judgement !== undefined) throw new Error(`run ${runs} of ${name}: ${judgement.kind}`);
    runs++;
    steps += view.outcome.steps;
    if (search.isPruned) pruned++;
    if (runs % 64 === 0 && seconds() > MOST_SECONDS) isWhole = false;
  } while (isWhole && search.advance());
  const givenUp = search instanceof StateSearch ? search.givenUp : undefined;
  const of = search instanceof StateSearch ? `${search.states} states` : `${runs - pruned} traces`;
  const end = givenUp ? `, given up: ${givenUp}` : isWhole ? '' : ', not all';
  console.log(`${name}: ${of}, ${runs} runs, ${steps} steps, ${seconds().toFixed(1)} s${end}`);
}
