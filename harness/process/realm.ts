// What runs inside the realm of student code, in every worker: it plays this process's role in one run after the
// other. Everything it shares with student code is frozen; the solution is evaluated afresh for each run.

import * as interleave from '../index.ts';
import type { AnyProblem, Case, World } from '../problem/problem.ts';
import type { Solution } from '../problem/solve.ts';
import { below, bits, mix, seed } from '../schedule/generator.ts';
import { OutsideShare, openArena } from '../shared/arena.ts';
import * as atomic from '../shared/atomics.ts';
import type { Shared, Way } from '../shared/way.ts';
import { type Board, type Host, makeBoard } from './board.ts';
import { Ending, Flag, Run, Slot, Status, slotOf } from './control.ts';
import { forgetEnding, leave, over, say, shut } from './ending.ts';
import { Free } from './free.ts';
import { Gate } from './gate.ts';
import { harden, lockdown } from './lockdown.ts';
import { layoutDigest, objectNames } from './object-names.ts';
import { positionIn } from './position.ts';
import { printer } from './said.ts';
import { writeTable } from './table.ts';
import { onEndless, resetTicks, tick } from './ticks.ts';

/** A compiled program: gives its default export to `deliver`. */
export type Program = (
  interleave: object,
  problem: (slug: string) => object,
  deliver: (exported: unknown) => void,
  tick: () => void,
) => void;

/** What the worker may ask of the realm. */
export interface Realm {
  /** Takes a problem and a solution. Returns a complaint where they do not fit, else ''. */
  load(problem: Program, solution: Program): string;
  /** Takes the case of the runs that follow, as JSON. */
  setCase(json: string): void;
  /** Plays one run. */
  play(): void;
}

type Played = Way & { begin(): void; done(status: number): void; event(number: number, value: number): void };

/** A loop without a step, found by counting. */
const endless: unknown = Object.freeze(Object.assign(new Error('endless loop'), { stack: '' }));

const day = 1_767_225_600_000; // virtual time begins on 2026-01-01

export function createRealm(host: Host): Realm {
  const board: Board = makeBoard(host);
  const { control, me } = board;
  const slot = slotOf(me);
  const gate = new Gate(board);
  const free = new Free(board);
  const random = new Int32Array(2);
  const unpredictable = new Int32Array(2);
  let way: Played = gate;
  let problem: AnyProblem | undefined;
  let program: Program | undefined;
  let token = { id: '' };
  let events: string[] = [];
  let c: Case = {};
  let role = '';
  let number = 0;

  const isFree = (): boolean => control[Run.MODE] === 1;
  lockdown(
    {
      now() {
        if (isFree()) return host.date();
        gate.settle();
        return day + control[Run.STEPS];
      },
      random: () => bits(random, 0) / 2 ** 32,
      print: printer(board),
    },
    [interleave, ...Object.values(interleave), OutsideShare, tick],
  );

  /** What this process has begun and not ended; nothing of the student's runs between the two, unless one throws. */
  let inside = '';

  const eventNumber = (name: string): number => {
    const n = events.indexOf(name);
    if (n < 0) throw new Error(`the problem has no event '${name}'`);
    return n;
  };

  const world: World = Object.freeze({
    event: (name: string, value = 0) => way.event(eventNumber(name), value | 0),
    during(begins: string, ends: string, value = 0) {
      const v = value | 0; // once, and before anything has begun: it may run code of the student's
      if (inside !== '') throw new Error(`'${begins}' before '${inside}' has come to its end`);
      inside = begins;
      way.event(eventNumber(begins), v);
      way.event(eventNumber(ends), v);
      inside = '';
    },
    think: () => way.pause(0),
    random: (limit: number) => 1 + below(unpredictable, 0, limit - 1),
  });

  function evaluate(): Solution {
    let exported: unknown;
    program?.(
      interleave,
      (slug) => (slug === token.id ? token : { id: slug }),
      (value) => {
        exported = value;
      },
      tick,
    );
    return exported as Solution;
  }

  /** Which role this process plays in the case, and which of its kind it is. */
  function findRole(p: AnyProblem): void {
    role = '';
    let first = 0;
    for (const [name, count] of Object.entries(p.roles)) {
      const n = count(c);
      if (me >= first && me < first + n) {
        role = name;
        number = me - first;
      }
      first += n;
    }
  }

  function share(solution: Solution): unknown {
    const objects: Shared[] = [];
    const named = me === 0 && (control[Run.FLAGS] & Flag.TABLE) !== 0;
    const handles = named ? new Map<object, Shared>() : undefined;
    openArena({
      words: board.data,
      doubles: board.dataDoubles,
      next: 0,
      objects,
      processes: control[Run.PROCESSES],
      first: me === 0,
      way,
      handles,
    });
    let shared: unknown;
    try {
      shared = solution.share(c);
    } finally {
      openArena(undefined);
    }
    control[slot + Slot.LAYOUT] = layoutDigest(objects);
    if (handles) writeTable(board, objectNames(shared, objects, handles));
    return shared;
  }

  function playRole(): void {
    const solution = evaluate();
    const shared = share(solution);
    const p = problem as AnyProblem;
    const mine = p.me[role](c, number, world);
    const body = solution.roles[role] as (shared: unknown, mine: unknown) => unknown;
    if (isFree()) free.begin();
    else gate.open();
    const returned = body(shared, mine);
    if (inside !== '') throw new Error(`the role ended, but '${inside}' has not come to its end`);
    if (typeof returned === 'object' && returned !== null) {
      throw new TypeError(
        `the role '${role}' returned an object: a role is a plain function that ends when its work is done (no async, no function*).`,
      );
    }
  }

  function crashed(e: unknown): void {
    control[slot + Slot.CAUSE] = e === endless ? Ending.ENDLESS : Ending.CRASH;
    let text = 'threw something that cannot be shown';
    let stack = '';
    try {
      if (e instanceof Error) {
        text = `${e.name}: ${e.message}`;
        stack = String(e.stack ?? '');
      } else text = `threw ${typeof e === 'string' ? `'${e}'` : String(e)}`;
    } catch {
      // A getter of the student's own threw; there is nothing more to learn from it.
    }
    say(board, `${text.slice(0, 1000)}\n${stack}`, e === endless ? endlessAt : positionIn(stack));
  }

  let endlessAt = { line: 0, column: 0 };
  let endlessSeen = 0;
  onEndless(() => {
    if (control[Run.STATE] !== Ending.RUNNING) leave(board);
    if (isFree()) {
      resetTicks();
      control[slot + Slot.KILOSTEPS] += 20_000; // ticks count as steps for the bound of free runs
      return;
    }
    if (++endlessSeen > 1000) host.exit();
    if (endlessAt.line === 0) endlessAt = positionIn(new Error().stack);
    throw endless;
  });

  return {
    load(loadedProblem, solution) {
      let found: AnyProblem | undefined;
      loadedProblem(
        interleave,
        () => ({}),
        (value) => {
          found = value as AnyProblem;
        },
        () => {},
      );
      problem = found as AnyProblem;
      harden([problem]);
      events = Object.keys(problem.specification.events);
      token = Object.freeze({ id: problem.id });
      program = solution;
      resetTicks();
      let exported: Solution;
      try {
        exported = evaluate();
      } catch {
        return ''; // it will crash in a run as well, and be reported from there
      }
      try {
        return complaintAbout(exported, problem);
      } catch {
        return 'the default export cannot be looked at: write export default solve(problem, { share, … }).';
      }
    },
    setCase(json) {
      c = Object.freeze(JSON.parse(json));
      findRole(problem as AnyProblem);
    },
    play() {
      way = isFree() ? free : gate;
      forgetEnding();
      shut(false);
      resetTicks();
      endlessSeen = 0;
      inside = '';
      endlessAt = { line: 0, column: 0 };
      const runSeed = control[Run.SEED];
      seed(random, 0, mix(runSeed) ^ me);
      seed(unpredictable, 0, mix(runSeed ^ 0x2545f491) + me);
      control[slot + Slot.STATUS] = Status.MOVING;
      if (!isFree()) gate.begin();
      let status: number = Status.DONE;
      try {
        playRole();
      } catch (e) {
        if (e !== over && control[Run.STATE] === Ending.RUNNING) {
          shut(true); // showing the exception may run code of the student's, which is over
          crashed(e);
          status = Status.CRASHED;
        }
      }
      try {
        way.done(status);
      } catch (e) {
        if (e !== over) throw e;
      }
      if (atomic.add(control, Run.FINISHED, 1) === control[Run.PROCESSES] - 1) host.wake(Run.FINISHED, 1);
    },
  };
}

function complaintAbout(solution: Solution, problem: AnyProblem): string {
  const made = typeof solution === 'object' && solution !== null && typeof solution.roles === 'object';
  if (!made)
    return 'the default export is not a solution: write export default solve(problem, { share, … }).';
  if (solution.problem !== problem.id) {
    return `it solves '${String(solution.problem)}', not '${problem.id}': import the problem from 'interleave/problems/${problem.id}'.`;
  }
  if (typeof solution.share !== 'function') return 'share is missing: it creates what the processes share.';
  const wanted = Object.keys(problem.roles);
  for (const name of wanted) {
    if (typeof solution.roles[name] !== 'function') {
      return `the role '${name}' is missing: add ${name}(shared, me) { … } to the solution.`;
    }
  }
  for (const name of Object.keys(solution.roles)) {
    if (!wanted.includes(name)) {
      return `the problem has no role '${name}'; its roles are ${wanted.map((w) => `'${w}'`).join(', ')}.`;
    }
  }
  return '';
}
