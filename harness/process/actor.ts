// One process's part in a run, as far as it is the same however the run is played: which role it has, what it has of
// its own, and how the solution is evaluated for it.
import * as interleave from '../index.ts';
import type { AnyProblem, Case, Memories, World } from '../problem/problem.ts';
import type { Solution } from '../problem/solve.ts';
import { below, bits, mix, seed } from '../schedule/generator.ts';
import { openArena } from '../shared/arena.ts';
import type { Kernel } from '../shared/kernel.ts';
import type { Shared, Way } from '../shared/way.ts';
import type { Board } from './board.ts';
import { Run } from './control.ts';
import { Each } from './each.ts';
import { tick } from './ticks.ts';

/** A compiled program: gives its default export to `deliver`. */
export type Program = (
  interleave: object,
  problem: (slug: string) => object,
  deliver: (exported: unknown) => void,
  tick: () => void,
  suspension?: object,
) => void;

/** A way with the steps of the problem's world. */
export type ActorWay = Way & { event(number: number, value: number): void };

const MORE_RANDOM = 0x2545f491;

export class Actor {
  readonly me: number;
  /** Its role in the case, and which of its kind it is. */
  role = '';
  number = 0;
  way: ActorWay;
  /** Words that the shared objects take. */
  words = 0;
  /** Random numbers drawn in this run. */
  drawn = 0;
  readonly world: World;
  /** The numbers of the problem's events, by name. */
  #events: ReadonlyMap<string, number> = new Map();
  #spurious = 0;
  #cast: [role: string, count: number][] = [];
  readonly #random = new Int32Array(2);
  readonly #unpredictable = new Int32Array(2);
  /** What it has begun and not ended; nothing of the student's runs between the two, unless one throws. */
  #inside = '';
  /** What its `me` remembers; undefined where the problem does not say. */
  #memory: (() => Memories) | undefined;

  constructor(me: number, way: ActorWay) {
    this.me = me;
    this.way = way;
    this.world = Object.freeze({
      event: (name: string, value = 0) => this.way.event(this.#eventNumber(name), value | 0),
      during: (begins: string, ends: string, value = 0) => this.#during(begins, ends, value),
      think: () => this.way.pause(0),
      each: <T>(next: () => T | undefined) => new Each(next),
      random: (limit: number) => 1 + below(this.#unpredictable, 0, limit - 1),
      remembers: (what: () => Memories) => {
        this.#memory = what;
      },
    });
  }

  /** Finds its role in the case `c` of `problem`. */
  enter(problem: AnyProblem, c: Case): void {
    this.#events = new Map(Object.keys(problem.specification.events).map((name, number) => [name, number]));
    this.#spurious = problem.faults?.spurious ?? 0;
    this.role = '';
    let first = 0;
    this.#cast = [];
    for (const [name, count] of Object.entries(problem.roles)) {
      const n = count(c);
      this.#cast.push([name, n]);
      if (this.me >= first && this.me < first + n) {
        this.role = name;
        this.number = this.me - first;
      }
      first += n;
    }
  }

  /** A new run begins; `world` is the seed of its processes' random numbers. */
  begin(world: number): void {
    this.#inside = '';
    this.#memory = undefined;
    this.drawn = 0;
    seed(this.#random, 0, mix(world) ^ this.me);
    seed(this.#unpredictable, 0, mix(world ^ MORE_RANDOM) + this.me);
  }

  /** What `Math.random` gives it. */
  random(): number {
    this.drawn++;
    return bits(this.#random, 0) / 2 ** 32;
  }

  /** Creates the shared objects, `create` being the solution's `share`. Adds them to `objects`. */
  share(
    board: Board,
    kernel: Kernel,
    create: () => unknown,
    objects: Shared[],
    handles?: Map<object, Shared>,
  ): unknown {
    const arena = {
      words: board.data,
      doubles: board.dataDoubles,
      next: 0,
      objects,
      processes: board.control[Run.PROCESSES],
      me: this.me,
      cast: this.#cast,
      spurious: this.#spurious,
      first: this.me === 0,
      way: this.way,
      kernel,
      handles,
    };
    openArena(arena);
    try {
      return create();
    } finally {
      openArena(undefined);
      this.words = arena.next;
    }
  }

  /** The role has returned. Throws where it may not end like this. */
  end(returned: unknown): void {
    if (this.#inside !== '') throw new Error(`the role ended, but '${this.#inside}' has not come to its end`);
    if (typeof returned === 'object' && returned !== null) {
      throw new TypeError(
        `the role '${this.role}' returned an object: a role is a plain function that ends when its work is done (no async, no function*).`,
      );
    }
  }

  /** All that its `me` remembers; undefined where that is not known. */
  memory(): Memories | undefined {
    if (this.#memory === undefined || this.#inside !== '') return undefined;
    return [...this.#memory(), this.#unpredictable[0], this.#unpredictable[1]];
  }

  #eventNumber(name: string): number {
    const number = this.#events.get(name);
    if (number === undefined) throw new Error(`the problem has no event '${name}'`);
    return number;
  }

  #during(begins: string, ends: string, value: number): void {
    const v = value | 0; // once, and before anything has begun: it may run code of the student's
    if (this.#inside !== '') throw new Error(`'${begins}' before '${this.#inside}' has come to its end`);
    this.#inside = begins;
    this.way.event(this.#eventNumber(begins), v);
    this.way.event(this.#eventNumber(ends), v);
    this.#inside = '';
  }
}

/** Evaluates a program afresh. */
export function evaluate(program: Program, slug: string, suspension?: object): Solution {
  let exported: unknown;
  program(
    interleave,
    (asked) => Object.freeze({ id: asked === slug ? slug : asked }),
    (value) => {
      exported = value;
    },
    tick,
    suspension,
  );
  return exported as Solution;
}

/** What a thrown value says, as crash reports have it: the message, and the stack where there is one. */
export function crashText(e: unknown): { text: string; stack: string } {
  try {
    if (e instanceof Error) return { text: `${e.name}: ${e.message}`, stack: String(e.stack ?? '') };
    return { text: `threw ${typeof e === 'string' ? `'${e}'` : String(e)}`, stack: '' };
  } catch {
    // A getter of the student's own threw; there is nothing more to learn from it.
    return { text: 'threw something that cannot be shown', stack: '' };
  }
}
