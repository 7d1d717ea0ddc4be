// What runs inside the realm of student code, in every worker: it plays this process's role in one run after the
// other. Everything it shares with student code is frozen; the solution is evaluated afresh for each run.

import * as interleave from '../index.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Solution } from '../problem/solve.ts';
import { OutsideRole, OutsideShare } from '../shared/arena.ts';
import * as atomic from '../shared/atomics.ts';
import type { Shared } from '../shared/way.ts';
import { Actor, type ActorWay, crashText, evaluate, type Program } from './actor.ts';
import { type Board, boardAlone, type Host, makeBoard } from './board.ts';
import { CODE, CODE_UNITS, Ending, Flag, Run, Slot, Status, slotOf, virtualTime } from './control.ts';
import { end, forgetEnding, leave, over, say, shut } from './ending.ts';
import { Free } from './free.ts';
import { Gate } from './gate.ts';
import { NO_GRANT } from './grant.ts';
import { KernelDesk } from './kernel-desk.ts';
import { harden, lockdown } from './lockdown.ts';
import { layoutDigest, objectNames } from './object-names.ts';
import { positionIn } from './position.ts';
import { printer } from './said.ts';
import { writeTable } from './table.ts';
import { writeText } from './text.ts';
import { endless, onEndless, resetTicks, tick } from './ticks.ts';

/** What the worker may ask of the realm. */
export interface Realm {
  /** Takes a problem and a solution. Returns a complaint where they do not fit, else ''. */
  load(problem: Program, solution: Program, twin?: () => Program): string;
  /** Takes the case of the runs that follow, as JSON. */
  setCase(json: string): void;
  /** Plays one run. */
  play(): void;
  /** Lets the model hunt; order and answer are JSON. */
  model(order: string): string;
}

/** Plays all roles in this process. */
export interface Modeller {
  load(problem: AnyProblem, twin: Program): void;
  enter(c: Case): void;
  /** Does what is ordered: order and answer are plain data. */
  answer(order: unknown): unknown;
  /** What `Math.random` and the clock give the role that moves now. */
  random(): number;
  now(): number;
  /** A role looks at what is not the same in a process. */
  looked(at: string): void;
}

type Played = ActorWay & { begin(): void; done(status: number): void };

export function createRealm(host: Host, modellerOf: (board: Board) => Modeller): Realm {
  const board: Board = makeBoard(host);
  const { control, me } = board;
  const slot = slotOf(me);
  const gate = new Gate(board);
  const free = new Free(board);
  let way: Played = gate;
  const actor = new Actor(me, way);
  const kernel = new KernelDesk(host);
  gate.letGo = () => kernel.drop();
  let problem: AnyProblem | undefined;
  let program: Program | undefined;
  let c: Case = {};

  /** While the model plays, time and luck are its roles'. */
  let modelling: Modeller | undefined;
  let modeller: Modeller | undefined;
  let twin: (() => Program) | undefined;
  let entered: Case | undefined;

  const isFree = (): boolean => control[Run.MODE] === 1;
  lockdown(
    {
      now() {
        if (modelling !== undefined) return modelling.now();
        if (isFree()) return host.date();
        gate.settle();
        return virtualTime(control);
      },
      random: () => (modelling ?? actor).random(),
      print: printer(board),
      looked: (at) => modelling?.looked(at),
    },
    [interleave, ...Object.values(interleave), OutsideRole, OutsideShare, tick],
  );

  function share(solution: Solution): unknown {
    const objects: Shared[] = [];
    const named = me === 0 && (control[Run.FLAGS] & Flag.TABLE) !== 0;
    const handles = named ? new Map<object, Shared>() : undefined;
    const shared = actor.share(board, kernel, () => solution.share(c), objects, handles);
    if (!kernel.isSatisfied) {
      if (end(board, Ending.WANTS)) {
        const text = JSON.stringify(kernel.wanted);
        control[Run.CODE_LENGTH] = writeText(host.buffer, CODE, text, CODE_UNITS);
      }
      leave(board);
    }
    control[slot + Slot.LAYOUT] = layoutDigest(objects);
    gate.objects = objects;
    if (handles) writeTable(board, objectNames(shared, objects, handles));
    return shared;
  }

  function playRole(): void {
    const p = problem as AnyProblem;
    const solution = evaluate(program as Program, p.id);
    const shared = share(solution);
    const mine = p.me[actor.role](c, actor.number, actor.world);
    const body = solution.roles[actor.role] as (shared: unknown, mine: unknown) => unknown;
    if (isFree()) free.begin();
    else gate.open();
    actor.end(body(shared, mine));
    kernel.closeAll();
  }

  function crashed(e: unknown): void {
    control[slot + Slot.CAUSE] = e === endless ? Ending.ENDLESS : Ending.CRASH;
    const { text, stack } = crashText(e);
    say(board, `${text.slice(0, 1000)}\n${stack}`, e === endless ? endlessAt : positionIn(stack));
  }

  let endlessAt = { line: 0, column: 0 };
  let endlessSeen = 0;
  onEndless(() => {
    if (modelling !== undefined) throw endless;
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
    load(loadedProblem, solution, twinOfIt) {
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
      program = solution;
      twin = twinOfIt;
      modeller = undefined;
      resetTicks();
      let exported: Solution;
      try {
        exported = evaluate(solution, problem.id);
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
      actor.enter(problem as AnyProblem, c);
    },
    model(order) {
      if (twin === undefined) throw new Error('model of a solution without a twin');
      if (modeller === undefined) {
        modeller = modellerOf(boardAlone(host.now));
        modeller.load(problem as AnyProblem, twin());
        entered = undefined;
      }
      if (entered !== c) modeller.enter(c);
      entered = c;
      modelling = modeller;
      shut(false);
      try {
        return JSON.stringify(modeller.answer(JSON.parse(order)));
      } catch (e) {
        // Not the student's: roles are judged for what they throw. Processes go on without the model.
        modeller = undefined;
        return JSON.stringify({ unmodelled: `a defect of the lab, please report it: ${crashText(e).text}` });
      } finally {
        modelling = undefined;
      }
    },
    play() {
      way = isFree() ? free : gate;
      forgetEnding();
      shut(false);
      resetTicks();
      endlessSeen = 0;
      endlessAt = { line: 0, column: 0 };
      actor.way = way;
      actor.begin(control[Run.SEED]);
      kernel.begin(control[Run.GRANTS] === 0 ? NO_GRANT : host.receive());
      control[slot + Slot.STATUS] = Status.MOVING;
      if (!isFree()) gate.begin();
      let status: number = Status.DONE;
      try {
        playRole();
      } catch (e) {
        if (e !== over && control[Run.STATE] === Ending.RUNNING && !gate.isKilled) {
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
      kernel.drop();
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
