// Plays runs in one process: the roles are coroutines over one memory, announced steps are taken by the same driver
// as on real processes. What comes out is the same trace, byte for byte; test/model/ holds that.

import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Solution } from '../problem/solve.ts';
import { Actor, crashText, evaluate, type Program } from '../process/actor.ts';
import type { Board } from '../process/board.ts';
import { Ending, Run, Slot, Status, slotOf } from '../process/control.ts';
import { Driver } from '../process/driver.ts';
import { end, sayFor } from '../process/ending.ts';
import { layoutDigest, type ObjectNames, objectNames } from '../process/object-names.ts';
import { endless, resetTicks } from '../process/ticks.ts';
import type { Shared } from '../shared/way.ts';
import { ModelWay, Wants } from './model-way.ts';
import { Pending, type Suspension, Unmodelled } from './suspend.ts';

type Coroutine = Generator<undefined, unknown, unknown>;

const day = 1_767_225_600_000; // virtual time begins on 2026-01-01

/** One modelled process. */
interface Part {
  readonly actor: Actor;
  readonly way: ModelWay;
  coroutine: Coroutine | undefined;
}

export class Player {
  readonly board: Board;
  readonly #suspension: Suspension = { pending: Pending.NONE, call: undefined };
  readonly #driver: Driver;
  readonly #parts: Part[] = [];
  #problem!: AnyProblem;
  #program!: Program;
  #case: Case = {};
  #processes = 0;
  /** Who moves now: whose random numbers, whose time. */
  #acting: Part | undefined;
  /** Names of the shared objects, once a run of the case was played. */
  objects: ObjectNames = [];

  constructor(board: Board) {
    this.board = board;
    this.#driver = new Driver(board);
  }

  /** Takes a problem and the twin of a solution. */
  load(problem: AnyProblem, program: Program): void {
    this.#problem = problem;
    this.#program = program;
  }

  /** Goes over to the case `c` with so many processes. */
  enter(c: Case, processes: number): void {
    this.#case = c;
    this.#processes = processes;
    this.objects = [];
    for (let p = this.#parts.length; p < processes; p++) {
      const way = new ModelWay(this.board, p, this.#suspension);
      this.#parts.push({ way, actor: new Actor(p, way), coroutine: undefined });
    }
    for (let p = 0; p < processes; p++) this.#parts[p].actor.enter(this.#problem, c);
  }

  /** What `Math.random` gives the role that moves now. */
  random(): number {
    return this.#acting?.actor.random() ?? 0;
  }

  /** What time the role that moves now is told. */
  now(): number {
    this.#acting?.way.time();
    return day + this.board.control[Run.STEPS];
  }

  /** Plays one run; its header and the strategy's state lie in the board. Throws Unmodelled. */
  play(): void {
    const { control } = this.board;
    const processes = this.#processes;
    this.#driver.begin();
    try {
      for (let p = 0; p < processes; p++) this.#begin(this.#parts[p]);
      for (;;) {
        const next = this.#driver.drive();
        if (next < 0) break;
        this.#goOn(this.#parts[next], this.#answer(next));
      }
      if (control[Run.STATE] === Ending.RUNNING) control[Run.STATE] = Ending.FINISHED;
    } finally {
      this.#acting = undefined;
      for (let p = 0; p < processes; p++) this.#parts[p].coroutine = undefined;
    }
  }

  /** Brings a role to its first step that it must wait for. */
  #begin(part: Part): void {
    const { actor, way } = part;
    const { control } = this.board;
    this.#acting = part;
    this.#suspension.pending = Pending.NONE;
    way.open = false;
    actor.begin(control[Run.SEED]);
    resetTicks();
    let returned: unknown;
    try {
      const solution = evaluate(this.#program, this.#problem.id, this.#suspension);
      const shared = this.#share(actor, solution);
      const mine = this.#problem.me[actor.role](this.#case, actor.number, actor.world);
      const body = solution.roles[actor.role] as (shared: unknown, mine: unknown) => unknown;
      way.open = true;
      returned = body(shared, mine);
      part.coroutine = this.#called();
      if (part.coroutine === undefined) actor.end(returned);
    } catch (e) {
      this.#crashed(part, e);
      return;
    }
    if (part.coroutine === undefined) this.#done(part, Status.DONE);
    else this.#goOn(part, undefined);
  }

  /** The coroutine that a call of a stepping function has left behind, if it has. */
  #called(): Coroutine | undefined {
    if (this.#suspension.pending !== Pending.CALL) return undefined;
    const { call } = this.#suspension;
    this.#suspension.pending = Pending.NONE;
    this.#suspension.call = undefined;
    return call;
  }

  #share(actor: Actor, solution: Solution): unknown {
    const { board } = this;
    const objects: Shared[] = [];
    const handles = actor.me === 0 && this.objects.length === 0 ? new Map<object, Shared>() : undefined;
    const create = (): unknown => {
      const made = solution.share(this.#case);
      const coroutine = this.#called();
      if (coroutine === undefined) return made;
      const { done, value } = coroutine.next();
      if (!done) throw new Unmodelled('share is suspended');
      return value;
    };
    const shared = actor.share(board, create, objects, handles);
    board.control[slotOf(actor.me) + Slot.LAYOUT] = layoutDigest(objects);
    if (handles) this.objects = objectNames(shared, objects, handles);
    return shared;
  }

  /** What the role of process `p` has waited for. */
  #answer(p: number): unknown {
    const { wants } = this.#parts[p].way;
    if (wants === Wants.NOTHING) return undefined;
    if (wants === Wants.TIME) return day + this.board.control[Run.STEPS];
    const result = this.board.doubles[(slotOf(p) + Slot.RESULT) >> 1];
    return wants === Wants.TRUTH ? result !== 0 : result;
  }

  /** Lets a role go on to its next step that it must wait for, or to its end. */
  #goOn(part: Part, answer: unknown): void {
    const { actor, way } = part;
    this.#acting = part;
    this.#suspension.pending = Pending.NONE;
    way.wants = Wants.NOTHING;
    resetTicks();
    try {
      const { done, value } = (part.coroutine as Coroutine).next(answer);
      if (done !== true) {
        if (this.#suspension.pending !== Pending.STEP)
          throw new Unmodelled('a role is suspended without a step');
        return;
      }
      if (this.#suspension.pending !== Pending.NONE && way.wants !== Wants.NOTHING) {
        throw new Unmodelled('a role has ended with a result outstanding');
      }
      actor.end(value);
    } catch (e) {
      this.#crashed(part, e);
      return;
    }
    this.#done(part, Status.DONE);
  }

  #crashed(part: Part, e: unknown): void {
    if (e instanceof Unmodelled) throw e;
    if (this.#suspension.pending !== Pending.NONE && part.way.wants !== Wants.NOTHING) {
      throw new Unmodelled('a role has crashed with a result outstanding');
    }
    const { board } = this;
    const { me } = part.actor;
    part.way.open = false; // showing the exception may run code of the student's, which is over
    board.control[slotOf(me) + Slot.CAUSE] = e === endless ? Ending.ENDLESS : Ending.CRASH;
    const { text, stack } = crashText(e);
    sayFor(me, board, `${text.slice(0, 1000)}\n${stack}`);
    this.#done(part, Status.CRASHED);
  }

  #done(part: Part, status: number): void {
    const { control } = this.board;
    const slot = slotOf(part.actor.me);
    part.coroutine = undefined;
    control[slot + Slot.ENDED] = status;
    if (control[slot + Slot.ANNOUNCED] > 0) return;
    control[slot + Slot.STATUS] = status;
    if (status === Status.CRASHED && control[Run.STEPS] > 0) {
      end(this.board, control[slot + Slot.CAUSE], part.actor.me);
    }
  }
}
