// Plays runs in one process: the roles are coroutines over one memory, announced steps are taken by the same driver
// as on real processes. What comes out is the same trace, byte for byte; test/model/ holds that.

import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Solution } from '../problem/solve.ts';
import { Actor, crashText, evaluate, type Program } from '../process/actor.ts';
import { resultOf } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { Ending, Run, Slot, Status, slotOf, virtualTime } from '../process/control.ts';
import { Driver } from '../process/driver.ts';
import { end, sayFor } from '../process/ending.ts';
import { KernelDesk } from '../process/kernel-desk.ts';
import { layoutDigest, type ObjectNames, objectNames } from '../process/object-names.ts';
import { endless, resetTicks } from '../process/ticks.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { actFor } from '../shared/arena.ts';
import type { Shared } from '../shared/way.ts';
import { type Fixed, fix, Holder } from './holder.ts';
import { ModelWay, Wants } from './model-way.ts';
import { copier } from './reuse.ts';
import { Pending, Unmodelled } from './suspend.ts';
import { TwinRuntime } from './twin/runtime.ts';

type Coroutine = Generator<undefined, unknown, unknown>;

/** One modelled process. */
interface Part {
  readonly actor: Actor;
  readonly way: ModelWay;
  readonly holder: Holder;
  coroutine: Coroutine | undefined;
  /** The solution, where its top level only names things: it need not be evaluated anew for every run. */
  solution: Solution | undefined;
  /** What its `share` need not make anew for every run of the case. */
  kept: Kept | undefined;
}

/** What a process has of a solution in a case. */
interface Kept {
  readonly shared: () => unknown;
  readonly layout: number;
  readonly handles: readonly object[];
  /** The words that the shared objects begin with. */
  readonly image: Int32Array;
}

export class Player {
  readonly board: Board;
  readonly #suspension = new TwinRuntime();
  readonly #driver: Driver;
  #kernel: KernelDesk;
  readonly #parts: Part[] = [];
  #problem!: AnyProblem;
  #program!: Program;
  #case: Case = {};
  #processes = 0;
  /** Who moves now: whose random numbers, whose time. */
  #acting: Part | undefined;
  /** Whether an exception is looked at for a report: not by the role. */
  #isShowing = false;
  /** Whether a role has asked what time it is: then steps that commute are not the same in either order. */
  asksTime = false;
  /** Whether it is noted what roles hold: then what they are given is fixed. See holder.ts. */
  holds = false;
  /** Names of the shared objects, once a run of the case was played. */
  objects: ObjectNames = [];

  constructor(board: Board) {
    this.board = board;
    this.#kernel = new KernelDesk(board.host);
    this.#driver = new Driver(board);
  }

  /** Takes a problem and the twin of a solution. */
  load(problem: AnyProblem, program: Program): void {
    this.#problem = problem;
    this.#kernel = new KernelDesk(this.board.host);
    this.#program = program;
    for (const part of this.#parts) part.solution = undefined;
  }

  /** Goes over to the case `c` with so many processes. */
  enter(c: Case, processes: number): void {
    this.#case = c;
    this.#processes = processes;
    this.objects = [];
    for (let p = this.#parts.length; p < processes; p++) {
      const way = new ModelWay(this.board, p, this.#suspension);
      const actor = new Actor(p, way);
      const holder = new Holder(actor, way);
      this.#parts.push({ way, actor, holder, coroutine: undefined, solution: undefined, kept: undefined });
    }
    for (const part of this.#parts) {
      part.kept = undefined;
      part.actor.enter(this.#problem, c);
    }
  }

  /** Words that the shared objects take, once a run of the case was played. */
  get words(): number {
    return this.#parts[0].actor.words;
  }

  /** For each process what its role holds; nothing where `holds` is false. */
  get holders(): readonly Holder[] {
    return this.#parts.map(({ holder }) => holder);
  }

  /** Whether a role has drawn random numbers in the run just played. */
  get drewLots(): boolean {
    return this.#parts.some(({ actor }) => actor.drawn > 0);
  }

  /** What `Math.random` gives the role that moves now. */
  random(): number {
    return this.#acting?.actor.random() ?? 0;
  }

  /** What time the role that moves now is told. */
  now(): number {
    const now = virtualTime(this.board.control);
    this.asksTime = true;
    return this.#acting?.way.time(now) ?? now;
  }

  /** The role that moves now looks at what is not the same in a process. Throws Unmodelled. */
  looked(at: string): void {
    if (this.#acting !== undefined && !this.#isShowing)
      this.#suspension.lost(`${at} is not the same in the model`);
  }

  /**
   * Plays one run; its header and the strategy's state lie in the board. Throws Unmodelled.
   * @param strategy stands for the one that the header names
   */
  play(strategy?: Strategy): void {
    const { control } = this.board;
    const processes = this.#processes;
    this.asksTime = false;
    this.#driver.begin(strategy);
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
    const { actor, holder, way } = part;
    const { control } = this.board;
    this.#acting = part;
    actFor(way);
    this.#suspension.begin();
    way.open = false;
    way.announced = 0;
    holder.begin();
    this.#suspension.holder = this.holds ? holder : undefined;
    actor.begin(control[Run.SEED]);
    resetTicks();
    let returned: unknown;
    try {
      const { kept } = part;
      const solution = part.solution ?? this.#evaluate(part);
      let shared: unknown;
      if (kept === undefined) shared = this.#share(part, solution);
      else {
        shared = kept.shared();
        if (actor.me === 0) this.board.data.set(kept.image);
        control[slotOf(actor.me) + Slot.LAYOUT] = kept.layout;
      }
      const mine = this.#problem.me[actor.role](this.#case, actor.number, actor.world);
      if (this.holds && part.kept !== undefined) this.#fix(part, shared, mine);
      const body = solution.roles[actor.role] as (shared: unknown, mine: unknown) => unknown;
      way.open = true;
      returned = body(shared, mine);
      part.coroutine = this.#called();
      if (part.coroutine === undefined) {
        this.#suspension.ended();
        actor.end(returned);
      }
    } catch (e) {
      this.#crashed(part, e);
      return;
    }
    if (part.coroutine === undefined) this.#done(part, Status.DONE);
    else this.#goOn(part, undefined);
  }

  #evaluate(part: Part): Solution {
    const solution = evaluate(this.#program, this.#problem.id, this.#suspension);
    if (this.#suspension.reusable) part.solution = solution;
    return solution;
  }

  /** Fixes what the role is given, so that it is the same for ever. */
  #fix({ holder, kept }: Part, shared: unknown, me: unknown): void {
    const fixed: Fixed = new Map(kept?.handles.map((handle, i) => [handle, i]));
    if (fix(shared, fixed)) holder.begins(fixed, me);
  }

  /** The coroutine that a call of a stepping function has left behind, if it has. */
  #called(): Coroutine | undefined {
    if (this.#suspension.pending !== Pending.CALL) return undefined;
    const { call } = this.#suspension;
    this.#suspension.pending = Pending.NONE;
    this.#suspension.call = undefined;
    return call;
  }

  #share(part: Part, solution: Solution): unknown {
    const { board } = this;
    const { actor } = part;
    const objects: Shared[] = [];
    const handles = new Map<object, Shared>();
    const create = (): unknown => this.#suspension.sync(solution.share(this.#case));
    const shared = actor.share(board, this.#kernel, create, objects, handles);
    const [wanted] = this.#kernel.wanted.splice(0); // none is left for the next run
    if (wanted !== undefined) throw new Unmodelled(`${wanted.kind} is an object of the kernel`);
    const layout = layoutDigest(objects);
    board.control[slotOf(actor.me) + Slot.LAYOUT] = layout;
    if (actor.me === 0) this.#driver.kills.objects = objects;
    if (actor.me === 0 && this.objects.length === 0) this.objects = objectNames(shared, objects, handles);
    const copy =
      this.#suspension.reusable && actor.drawn === 0 ? copier(shared, new Set(handles.keys())) : undefined;
    if (copy !== undefined) {
      const image = board.data.slice(0, actor.words);
      part.kept = { shared: copy, layout, image, handles: [...handles.keys()] };
    }
    return shared;
  }

  /** What the role of process `p` has waited for. */
  #answer(p: number): unknown {
    const { way } = this.#parts[p];
    const { wants } = way;
    if (wants === Wants.NOTHING) return undefined;
    if (wants === Wants.TIME) return virtualTime(this.board.control);
    const result = resultOf(this.board.doubles, slotOf(p));
    if (wants === Wants.MESSAGE) return result === 1 ? way.message : undefined;
    return wants === Wants.TRUTH ? result !== 0 : result;
  }

  /** Lets a role go on to its next step that it must wait for, or to its end. */
  #goOn(part: Part, answer: unknown): void {
    const { actor, holder, way } = part;
    this.#acting = part;
    this.#suspension.holder = this.holds ? holder : undefined;
    actFor(way);
    this.#suspension.pending = Pending.NONE;
    way.wants = Wants.NOTHING;
    resetTicks();
    try {
      const { done, value } = (part.coroutine as Coroutine).next(answer);
      if (done !== true) {
        const { pending } = this.#suspension;
        if (pending !== Pending.STEP && pending !== Pending.ROOM) {
          this.#suspension.lost('a role is suspended without a step');
        }
        return;
      }
      this.#suspension.ended();
      actor.end(value);
    } catch (e) {
      this.#crashed(part, e);
      return;
    }
    this.#done(part, Status.DONE);
  }

  #crashed(part: Part, e: unknown): void {
    this.#suspension.caught(e);
    const { board } = this;
    const { me } = part.actor;
    part.way.open = false; // showing the exception may run code of the student's, which is over
    board.control[slotOf(me) + Slot.CAUSE] = e === endless ? Ending.ENDLESS : Ending.CRASH;
    this.#isShowing = true;
    const { text } = crashText(e);
    this.#isShowing = false;
    sayFor(me, board, text.slice(0, 1000));
    this.#done(part, Status.CRASHED);
  }

  #done(part: Part, status: number): void {
    const { control } = this.board;
    const slot = slotOf(part.actor.me);
    part.coroutine = undefined;
    if (status === Status.DONE) part.holder.ended();
    control[slot + Slot.ENDED] = status;
    if (control[slot + Slot.ANNOUNCED] > 0) return;
    control[slot + Slot.STATUS] = status;
    if (status === Status.CRASHED && control[Run.STEPS] > 0) {
      end(this.board, control[slot + Slot.CAUSE], part.actor.me);
    }
  }
}
