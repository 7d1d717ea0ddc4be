// Runs a program's one role twice, as it is written and as its twin, over handles of the lab's own, and tells what
// each has done: its steps with their results, and how it ended. Steps mean little here: cells and arrays hold what is
// written, every other operation gives a number that only depends on how many steps came before.

import * as interleave from '../../harness/index.ts';
import { Pending, Unmodelled } from '../../harness/model/suspend.ts';
import { TwinRuntime } from '../../harness/model/twin/runtime.ts';
import { instrument } from '../../harness/problem/instrument.ts';
import { twin } from '../../harness/problem/twin.ts';
import { openArena } from '../../harness/shared/arena.ts';
import type { Kernel } from '../../harness/shared/kernel.ts';
import type { Operation } from '../../harness/shared/operation.ts';
import type { Shared, Way } from '../../harness/shared/way.ts';

export interface Told {
  readonly log: string[];
  readonly end: string;
}

type Step = () => unknown;

/** A program that takes more is stopped, and what it does then means nothing. */
export const MOST_STEPS = 5_000;

/** What steps do, whoever takes them. */
class Memory {
  readonly log: string[] = [];
  readonly #words = new Map<string, number>();
  #steps = 0;

  other(name: string, object: string, given: number[]): number {
    const result = (Math.imul(++this.#steps, 0x9e3779b1) >>> 28) % 3;
    this.#note(`${object}.${name}(${given.join(',')})=${result}`);
    return result;
  }
  read(object: Shared, index: number): number {
    const value = this.#words.get(`${object.id}:${index}`) ?? object.id * 10 + index;
    this.#note(`${object.id}[${index}] is ${value}`);
    return value;
  }
  write(object: Shared, index: number, value: number): void {
    this.#words.set(`${object.id}:${index}`, value);
    this.#note(`${object.id}[${index}] = ${value}`);
  }
  #note(text: string): void {
    if (this.log.length >= MOST_STEPS) throw new Error('too many steps');
    this.log.push(text);
  }
}

abstract class AnyWay implements Way {
  readonly memory = new Memory();
  open = false;
  protected abstract say(step: Step): void;
  protected abstract want<T>(step: () => T): T;

  step(operation: Operation, object: Shared, argument: number, second = 0): number {
    return this.want(() => this.memory.other(operation.name, String(object.id), [argument, second]));
  }
  test(operation: Operation, object: Shared, argument: number, second = 0): boolean {
    return this.want(() => this.memory.other(operation.name, String(object.id), [argument, second]) !== 0);
  }
  act(operation: Operation, object: Shared, argument: number): void {
    this.say(() => this.memory.other(operation.name, String(object.id), [argument]));
  }
  ask(operation: Operation, object: Shared, argument: number): void {
    this.say(() => this.memory.other(operation.name, String(object.id), [argument]));
  }
  attempt(_operation: Operation, _object: Shared, _argument: number, call: () => number): number {
    return this.want(call);
  }
  receive(operation: Operation, object: Shared, argument: number, second: number): number | undefined {
    return this.want(() => {
      const n = this.memory.other(operation.name, String(object.id), [argument, second]);
      return n === 0 ? undefined : n;
    });
  }
  told(): boolean {
    return this.want(() => true);
  }
  read(object: Shared, index: number): number {
    return this.want(() => this.memory.read(object, index));
  }
  readTruth(object: Shared, index: number): boolean {
    return this.want(() => this.memory.read(object, index) !== 0);
  }
  write(object: Shared, index: number, value: number): void {
    this.say(() => this.memory.write(object, index, value));
  }
  misuse(object: Shared, message: string): never {
    this.say(() => this.memory.other(message, String(object.id), []));
    throw new Error(message);
  }
  pause(milliseconds: number): void {
    this.say(() => this.memory.other('pause', 'world', [milliseconds]));
  }
  event(value: number): void {
    this.say(() => this.memory.other('event', 'world', [value]));
  }
  bare(): undefined {
    return undefined;
  }
}

class Direct extends AnyWay {
  protected say(step: Step): void {
    step();
  }
  protected want<T>(step: () => T): T {
    return step();
  }
}

class Modelled extends AnyWay {
  readonly runtime = new TwinRuntime();
  readonly #room: number;
  #announced: Step[] = [];

  /** @param room how many steps may be announced before the role is stopped */
  constructor(room: number) {
    super();
    this.#room = room;
  }
  protected say(step: Step): void {
    const { runtime } = this;
    if (runtime.pending !== Pending.NONE && runtime.pending !== Pending.ROOM) runtime.lost('a step');
    this.#announced.push(step);
    if (this.#announced.length >= this.#room) runtime.pending = Pending.ROOM;
  }
  protected want<T>(step: () => T): T {
    this.say(step);
    this.runtime.pending = Pending.STEP;
    return this.runtime.token as T;
  }
  /** Takes what is announced; the result of the last step. */
  settle(): unknown {
    let result: unknown;
    for (const step of this.#announced) result = step();
    this.#announced = [];
    return result;
  }
}

type Role = (shared: unknown, me: unknown) => unknown;
type Solution = { share(): unknown; role: Role };

function evaluated(code: string, runtime?: TwinRuntime): Solution {
  let solution: Solution | undefined;
  // biome-ignore lint/security/noGlobalEval: it is the test's own program
  const program = globalThis.eval(code) as (...given: unknown[]) => void;
  const deliver = (made: Solution): void => {
    solution = made;
  };
  program(
    interleave,
    () => ({}),
    deliver,
    () => {},
    runtime,
  );
  return solution as Solution;
}

function shared<T>(way: Way, make: () => T): T {
  const data = new ArrayBuffer(1 << 14);
  openArena({
    words: new Int32Array(data),
    doubles: new Float64Array(data),
    next: 0,
    objects: [],
    processes: 2,
    me: 0,
    cast: [['role', 2]],
    first: true,
    way,
    kernel: {} as Kernel, // nothing of it is asked for
    handles: undefined,
  });
  try {
    return make();
  } finally {
    openArena(undefined);
  }
}

/** One handle of each kind. */
export const handles = (): Record<string, object> =>
  shared(new Direct(), () => {
    const { int32, uint32, float64, bool, semaphore, mutex, condition, rwlock, barrier, latch, event } =
      interleave;
    return {
      cells: int32(),
      others: uint32(),
      doubles: float64(),
      truths: bool(),
      semaphore: semaphore(1),
      queued: semaphore(1, { strength: 'fifo' }),
      mutex: mutex(),
      robust: mutex({ robust: true }),
      undone: semaphore(1, { undo: true }),
      condition: condition(),
      rwlock: rwlock(),
      barrier: barrier(2),
      latch: latch(1),
      event: event(),
      atomic: interleave.atomicInt32(0),
      channel: interleave.channel(),
      mailbox: interleave.mailbox(2),
      direct: interleave.direct(),
    };
  });

const meOf = (way: AnyWay): object => ({
  items: [3, 1, 2],
  quota: 3,
  consume: (item: number) => way.event(item | 0),
  numbers: { at: 1 },
});

const thrown = (e: unknown): string => `threw ${e instanceof Error ? `${e.name}: ${e.message}` : String(e)}`;
const ended = (v: unknown): string => `returned ${JSON.stringify(v) ?? String(v)}`;

export function asWritten(source: string): Told {
  const way = new Direct();
  const { code } = instrument(source, (_l, _c, why) => new Error(why));
  let end: string;
  try {
    const solution = evaluated(code);
    const objects = shared(way, () => solution.share());
    end = ended(solution.role(objects, meOf(way)));
  } catch (e) {
    end = thrown(e);
  }
  return { log: way.memory.log, end };
}

/** Throws Unmodelled. */
export function asTwin(source: string, room = 3): Told {
  const made = twin(source);
  if (typeof made !== 'string') throw new Unmodelled(`line ${made.line}: ${made.reason}`);
  const way = new Modelled(room);
  const { runtime } = way;
  runtime.begin();
  let end: string;
  try {
    const solution = evaluated(made, runtime);
    const objects = shared(way, () => runtime.sync(solution.share()));
    let result: unknown = solution.role(objects, meOf(way));
    if (runtime.pending === Pending.CALL) {
      const { call } = runtime;
      runtime.pending = Pending.NONE;
      let next = call?.next();
      while (next?.done === false) {
        const answer = way.settle();
        runtime.pending = Pending.NONE;
        next = call?.next(answer);
      }
      result = next?.value;
    }
    runtime.ended();
    end = ended(result);
  } catch (e) {
    runtime.caught(e);
    end = thrown(e);
  }
  way.settle();
  return { log: way.memory.log, end };
}

/** A program whose role does `body`, with `above` before it: cells a and b, an array of four, a semaphore, an atomic. */
export const program = (body: string, above = ''): string =>
  `${['int32', 'int32Array', 'semaphore', 'atomicInt32', 'mutex', 'condition', 'sleep', 'event', 'boolArray']
    .map((name) => `var ${name} = /* @__PURE__ */ (() => __interleave.${name})();`)
    .join('\n')}
${above}
__deliver({
  share: () => ({
    a: int32(1), b: int32(2), list: int32Array(4), s: semaphore(1), n: atomicInt32(0), m: mutex(),
    c: condition(), flag: event(), truths: boolArray(3), sems: Array.from({ length: 3 }, () => semaphore(1)),
  }),
  role({ a, b, list, s, n, m, c, flag, truths, sems }, me) {
    const said = [];
${body}
    return said;
  },
});`;
