// Whether what was played is what the reference says: step by step for controlled runs, by their outcome for free
// ones.
import { Ending, RECORD_WORDS, Run } from '../../harness/process/control.ts';
import type { Outcome } from '../../harness/process/team.ts';
import { Bit, EVENT_WORDS, Field } from '../../harness/process/trace-record.ts';
import { choice, type Moves, take } from '../../harness/schedule/schedule.ts';
import { elementOf, load } from '../../harness/shared/element.ts';
import { operations } from '../../harness/sync/operations.ts';
import type { Workbench } from '../workbench.ts';
import type { Program } from './program.ts';
import { Reference, type Request } from './reference.ts';

const endings = Object.fromEntries(Object.entries(Ending).map(([name, n]) => [n, name]));

/** What stands in a step's record, in words. */
interface Recorded {
  readonly process: number;
  readonly name: string;
  readonly object: number;
  readonly index: number;
  readonly argument: number;
  readonly second: number;
  readonly result: number;
  readonly preempts: boolean;
  readonly gaveUp: boolean;
  readonly chose: boolean;
  readonly before: number;
  readonly after: number;
  readonly more: number;
  readonly last: number;
}

function recorded({ team }: Workbench, step: number): Recorded {
  const at = step * RECORD_WORDS;
  const { trace, traceDoubles } = team;
  const bits = trace[at + Field.BITS];
  const { on, name } = operations[trace[at + Field.OPERATION]];
  return {
    process: trace[at + Field.PROCESS],
    name: `${on} ${name}`,
    object: trace[at + Field.OBJECT],
    index: trace[at + Field.INDEX],
    argument: trace[at + Field.ARGUMENT],
    second: trace[at + Field.SECOND],
    result: trace[at + Field.RESULT],
    preempts: (bits & Bit.PREEMPTS) !== 0,
    gaveUp: (bits & Bit.GAVE_UP) !== 0,
    chose: (bits & Bit.CHOSE) !== 0,
    before: traceDoubles[(at + Field.BEFORE) >> 1],
    after: traceDoubles[(at + Field.AFTER) >> 1],
    more: trace[at + Field.MORE],
    last: trace[at + Field.LAST],
  };
}

/** The number of the first object that the thing with this number is. */
const objectOf = ({ things }: Program, thing: number): number =>
  things.slice(0, thing).reduce((so, t) => so + (t.kind === 'direct' ? t.processes : 1), 0);

function fullName({ things }: Program, { name, thing }: Request): string {
  if (name === 'read' || name === 'write') return `cell ${name}`;
  if (name === 'misuse' || thing < 0) return `world ${name}`;
  return `${things[thing].kind} ${name}`;
}

/** How often each operation was seen to happen, not to happen, to be given up, to be misused; and each ending. */
export type Coverage = Map<string, number>;

const count = (seen: Coverage | undefined, what: string): void => {
  seen?.set(what, (seen.get(what) ?? 0) + 1);
};

/** The first thing in which the controlled run just played differs from the reference; undefined if nothing does. */
export function difference(
  bench: Workbench,
  program: Program,
  { ending, by, steps }: Outcome,
  seen?: Coverage,
): string | undefined {
  const reference = new Reference(program);
  count(seen, endings[ending]);
  let last = -1;
  for (let i = 0; i < steps; i++) {
    const r = recorded(bench, i);
    const p = r.process;
    const where = `step ${i + 1}, process ${p}, ${r.name} of ${r.object}`;
    const request = reference.next[p];
    if (request === undefined) return `${where}: it has ended`;
    const able = reference.able();
    if (!able.includes(p)) return `${where}: it cannot move`;
    const preempts = last >= 0 && last !== p && able.includes(last);
    if (r.preempts !== preempts) return `${where}: is it a preemption? ${preempts}`;
    if (r.name !== fullName(program, request)) return `${where}: it should be ${fullName(program, request)}`;
    const object =
      request.name === 'event'
        ? 0
        : request.thing < 0
          ? -1
          : objectOf(program, request.thing) + (request.box ?? 0);
    const chosen = r.second;
    const moved = reference.move(p, (ways) => (r.chose && chosen < ways ? chosen : 0));
    const form = moved.misused ? '!' : moved.gaveUp ? ' given up' : moved.result === 0 ? ' 0' : ' 1';
    count(seen, r.name + form);
    if (moved.misused) {
      const end = `${endings[ending]} by ${by} after ${steps}`;
      return end === `MISUSE by ${p} after ${i + 1}` ? undefined : `${where}: misuse, and not ${end}`;
    }
    const words = request.words?.();
    const expected = {
      object,
      index: request.index,
      // Where the mutex lies is not the table's affair.
      argument: r.name === 'condition wait' ? r.argument : (words?.[0] ?? request.argument),
      more: words === undefined ? r.more : (words[1] ?? 0),
      last: words === undefined ? r.last : (words[2] ?? 0),
      second: moved.ways > 1 ? chosen : moved.ways === 1 ? 0 : request.second,
      result: moved.result,
      gaveUp: moved.gaveUp,
      chose: moved.ways > 1,
      before: moved.before,
      after: moved.after,
    };
    if (moved.ways > 1 && !(chosen >= 0 && chosen < moved.ways)) return `${where}: there is no way ${chosen}`;
    for (const [name, value] of Object.entries(expected)) {
      const found = r[name as keyof typeof expected];
      if (!Object.is(found, value)) return `${where}: ${name} is ${found}, and should be ${value}`;
    }
    last = p;
  }
  const able = reference.able();
  if (able.length > 0) return `it ends as ${endings[ending]}, and ${able.join(', ')} can move`;
  const end = reference.done() ? Ending.FINISHED : Ending.DEADLOCK;
  if (ending !== end) return `it ends as ${endings[ending]}, and should as ${endings[end]}`;
  const memory = JSON.stringify(memoryOf(bench));
  const should = JSON.stringify(reference.memory());
  return memory === should ? undefined : `${memory} is left in memory, and should be ${should}`;
}

/** What the run just played has left in shared memory, object by object. */
export function memoryOf({ team, objects }: Workbench): number[][] {
  return objects.map(({ kind, at, length }) => {
    const of = elementOf(kind);
    if (of === undefined) return [team.data[at]];
    const doubles = new Float64Array(team.data.buffer, team.data.byteOffset, team.data.length >> 1);
    return Array.from({ length }, (_, i) => load(team.data, doubles, of, at, i));
  });
}

/** Moves that the reference can make, drawn by `below`, and how it then ends. */
export function walk(program: Program, below: (n: number) => number): { moves: Moves; ending: number } {
  const reference = new Reference(program);
  const moves: number[] = [];
  for (let able = reference.able(); able.length > 0; able = reference.able()) {
    const p = able[below(able.length)];
    moves.push(take(p, 1));
    const { misused } = reference.move(p, (ways) => {
      const way = below(ways);
      moves.push(choice(way));
      return way;
    });
    if (misused) return { moves, ending: Ending.MISUSE };
  }
  return { moves, ending: reference.done() ? Ending.FINISHED : Ending.DEADLOCK };
}

/** What a run came to: how it ended, what each process told, what is left in memory. Of a misuse only by whom. */
type Came = string;

const cameTo = (ending: number, told: readonly (readonly number[])[], memory: number[][]): Came =>
  `${endings[ending]} ${JSON.stringify([told, memory])}`;
const misusedBy = (p: number): Came => `MISUSE by ${p}`;

/** Everything that `program` can come to, whatever the schedule; undefined where that is too much to look at. */
export function possible(program: Program, most: number): Set<Came> | undefined {
  const came = new Set<Came>();
  const seen = new Set<string>();
  const todo: (readonly (readonly [process: number, way: number])[])[] = [[]];
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const at = new Reference(program);
    for (const [p, way] of path) at.move(p, () => way);
    const key = at.key();
    if (seen.has(key)) continue;
    if (seen.add(key).size > most) return undefined;
    const able = at.able();
    if (able.length === 0)
      came.add(cameTo(at.done() ? Ending.FINISHED : Ending.DEADLOCK, at.told, at.memory()));
    for (const p of able) {
      const request = at.next[p] as Request;
      if (request.misuse?.()) came.add(misusedBy(p));
      else {
        const ways = Math.max(1, request.giveUp && !request.ready() ? 1 : (request.ways?.() ?? 1));
        for (let way = 0; way < ways; way++) todo.push([...path, [p, way]]);
      }
    }
  }
  return came;
}

/** What the free run just played came to. */
export function cameToFree(bench: Workbench, processes: number, { ending, by }: Outcome): Came {
  if (ending === Ending.MISUSE) return misusedBy(by);
  const told = Array.from({ length: processes }, () => [] as number[]);
  const { trace } = bench.team;
  for (let i = 0; i < bench.team.header(Run.EVENTS); i++) {
    told[trace[i * EVENT_WORDS]].push(trace[i * EVENT_WORDS + 2]);
  }
  return cameTo(ending, told, memoryOf(bench));
}
