// One process's side of remote objects. It reads its inbox where it waits for something, and nowhere else: what it waits for is
// taken, calls stand in a queue until they may be run.
import { isLeaving } from '../shared/leaving.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { ObjectOptions, Reference, Remote, WhileWaiting } from './remote.ts';
import { RemoteError, type RemoteFailure } from './remote-error.ts';
import type { Inbox } from './remote-inbox.ts';
import { type Held, type Own, RemoteObjects } from './remote-objects.ts';
import { remoteOperations as operations, What } from './remote-operations.ts';
import type { Calls } from './remote-reference.ts';
import { type Json, type Place, ValueWriter, valueIn } from './remote-value.ts';

/** A call that has come and was not run yet. */
interface Work {
  readonly from: number;
  /** Its number; undefined for one-way calls, for which nobody waits. */
  readonly number?: number;
  /** The thread of control that it belongs to. */
  readonly thread: number;
  readonly id: number;
  readonly method: string;
  readonly given: readonly unknown[];
}

/** What became of a call. */
type Outcome = { readonly value: unknown } | Failure;

interface Failure {
  readonly code: RemoteFailure;
  readonly thrown?: { readonly name: string; readonly message: string };
}

/** The thread of one-way calls: nobody waits for any of them. */
const NOBODY = 0;

const RULES: readonly WhileWaiting[] = ['nothing', 'callbacks', 'everything'];
/** So many processes there are at most, and their numbers for calls differ. */
const PROCESSES = 32;

const thrownBy = (e: unknown): { name: string; message: string } =>
  e instanceof Error
    ? { name: String(e.name), message: String(e.message) }
    : { name: 'thrown', message: String(e) };

export class Office implements Remote {
  readonly #me: number;
  readonly #inboxes: readonly Inbox[];
  readonly #misuse: (message: string) => never;
  readonly #objects: RemoteObjects;
  readonly #names = new Map<string, Place>();
  readonly #queue: Work[] = [];
  readonly #outcomes = new Map<number, Outcome>();
  readonly #gone = new Set<number>();
  #rule: WhileWaiting = 'nothing';
  #calls = 0;
  /** The thread of control of the call that is run now; undefined where none is. */
  #thread: number | undefined;

  constructor(me: number, inboxes: readonly Inbox[], misuse: (message: string) => never) {
    this.#me = me;
    this.#inboxes = inboxes;
    this.#misuse = misuse;
    const calls: Calls = {
      call: (reference, method, given) => this.#call(reference, method, given),
      send: (reference, method, given) => this.#send(reference, method, given),
      release: (reference) => this.#release(reference),
    };
    this.#objects = new RemoteObjects(me, calls);
  }

  object<T extends object>(object: T, options: ObjectOptions = {}): Reference<T> {
    if (typeof object !== 'object' || object === null) {
      throw new TypeError('object: give it an object, the methods of which others may call.');
    }
    return this.#objects.add(object, options).reference as unknown as Reference<T>;
  }

  export<T extends object>(name: string, object: T, options: ObjectOptions = {}): Reference<T> {
    if (this.#names.has(name)) {
      throw new RangeError(`export of '${name}': there is an object by that name. Give it another one.`);
    }
    const reference = this.object(object, options);
    const own = this.#objects.of(reference) as Own;
    this.#names.set(name, own);
    for (let p = 0; p < this.#inboxes.length; p++) {
      if (p !== this.#me) this.#post(operations.name, p, What.NAME, [name], own.reference);
    }
    return reference;
  }

  lookup<T extends object>(name: string): Reference<T> {
    const what = `lookup of '${name}'`;
    const found = this.#until(
      () => {
        const place = this.#names.get(name);
        if (place === undefined && this.#isAlone) throw new RemoteError(what, 'NO_NAME');
        return place;
      },
      operations.awaitName,
      0,
    );
    if (this.#gone.has(found.home)) throw new RemoteError(what, 'GONE');
    let known = this.#objects.at(found);
    if (known !== undefined && 'isReleased' in known && known.isReleased) {
      this.#inboxes[found.home].post(operations.pass, What.GIVEN, JSON.stringify([found.id, this.#me]));
      known = this.#objects.receive(found);
    }
    return (known as Own | Held).reference as unknown as Reference<T>;
  }

  serve(until?: () => boolean): void {
    const isOver = (): true | undefined => {
      if (until?.()) return true;
      return this.#queue.length === 0 && this.#objects.unreferenced() === undefined && this.#isAlone
        ? true
        : undefined;
    };
    this.#until(isOver, operations.serve, 0, 'everything');
  }

  serveWhileWaiting(rule: WhileWaiting): void {
    if (!RULES.includes(rule)) {
      throw new RangeError(
        `serveWhileWaiting('${String(rule)}'): use 'nothing', 'callbacks' or 'everything'.`,
      );
    }
    this.#rule = rule;
  }

  holders(reference: Reference): number {
    return this.#ownOf(reference, 'holders').holders.size;
  }

  unexport(reference: Reference): void {
    this.#ownOf(reference, 'unexport').isWithdrawn = true;
  }

  get #isAlone(): boolean {
    return this.#inboxes[this.#me].isDeserted;
  }

  #ownOf(reference: unknown, what: string): Own {
    const known = this.#objects.of(reference);
    if (known === undefined || !('object' in known)) {
      throw new TypeError(`${what}: give it a reference to an object of this process.`);
    }
    return known;
  }

  #usable(reference: unknown, what: string): Own | Held {
    const known = this.#objects.of(reference) as Own | Held;
    if ('isReleased' in known && known.isReleased) this.#misuse(`${what} by a reference after its release`);
    return known;
  }

  #call(reference: unknown, method: string, given: readonly unknown[]): unknown {
    const { home, id } = this.#usable(reference, `call of ${method}`);
    const number = PROCESSES * ++this.#calls + this.#me;
    const thread = this.#thread ?? number;
    const outcome =
      home === this.#me
        ? this.#here(id, method, given, thread)
        : this.#afar(home, id, method, given, number, thread);
    if ('value' in outcome) return outcome.value;
    throw new RemoteError(method, outcome.code, outcome.thrown);
  }

  /** A call of an object of this process's own: values go through text all the same, so that nobody sees a difference. */
  #here(id: number, method: string, given: readonly unknown[], thread: number): Outcome {
    const copy = (value: unknown): unknown => this.#copy(value);
    const outcome = this.#run(id, method, copy(given) as unknown[], thread);
    return 'value' in outcome ? { value: copy(outcome.value) } : outcome;
  }

  #afar(
    home: number,
    id: number,
    method: string,
    given: readonly unknown[],
    number: number,
    thread: number,
  ): Outcome {
    if (!this.#post(operations.call, home, What.CALL, [number, thread, id, method], ...given))
      return { code: 'GONE' };
    const found = (): Outcome | undefined => {
      const outcome = this.#outcomes.get(number);
      return outcome ?? (this.#gone.has(home) ? { code: 'NO_ANSWER' } : undefined);
    };
    const outcome = this.#until(found, operations.awaitAnswer, home, this.#rule, thread);
    this.#outcomes.delete(number);
    return outcome;
  }

  #send(reference: unknown, method: string, given: readonly unknown[]): void {
    const { home, id } = this.#usable(reference, `send of ${method}`);
    if (home === this.#me) {
      const copy = this.#copy(given) as unknown[];
      this.#queue.push({ from: home, thread: NOBODY, id, method, given: copy });
    } else if (!this.#post(operations.send, home, What.SEND, [id, method], ...given)) {
      throw new RemoteError(method, 'GONE');
    }
  }

  #release(reference: unknown): void {
    const known = this.#usable(reference, 'release');
    if (!('isReleased' in known)) return;
    known.isReleased = true;
    this.#inboxes[known.home].post(
      operations.release,
      What.RELEASED,
      JSON.stringify([known.id, known.times]),
    );
  }

  #writer(): ValueWriter {
    return new ValueWriter((value) =>
      this.#objects.of(value) === undefined ? undefined : this.#usable(value, 'something was sent'),
    );
  }

  #read(json: Json): unknown {
    return valueIn(json, (place) => this.#objects.receive(place).reference);
  }

  /** What would arrive, were it sent. */
  #copy(value: unknown): unknown {
    const json = this.#writer().write(value, 'what is given');
    return valueIn(json, (place) => (this.#objects.at(place) as Own | Held).reference);
  }

  /**
   * Sends `head` and values to a process; says whether that has its inbox open. The homes of references among the values are
   * told first, so that they do not take them for released while they are on their way.
   */
  #post(
    operation: Operation,
    to: number,
    what: number,
    head: readonly Json[],
    ...values: readonly unknown[]
  ): boolean {
    const writer = this.#writer();
    const all = values.map((value, i) =>
      writer.write(value, values.length === 1 ? 'what is given' : `argument ${i + 1}`),
    );
    if (this.#gone.has(to)) return false;
    const text = JSON.stringify([...head, ...all]);
    const known = writer.references.map((reference) => this.#objects.of(reference) as Own | Held);
    if (known.length > 0) this.#inboxes[to].check(what, text);
    for (const { home, id } of known) {
      if (home === this.#me || home === to) continue;
      this.#inboxes[home].post(operations.pass, What.GIVEN, JSON.stringify([id, to]));
    }
    if (!this.#inboxes[to].post(operation, what, text)) return false;
    for (const { home, id } of known) if (home === this.#me) this.#given(id, to);
    return true;
  }

  /** A reference to an object of this process was given to `process`. */
  #given(id: number, process: number): void {
    const own = this.#objects.own(id);
    if (own !== undefined && process !== this.#me && !this.#gone.has(process))
      this.#objects.count(own, process, 1);
  }

  /**
   * Waits until `found` gives something, and returns that; serves what `rule` says.
   * @param thread of `callbacks`: the thread of control whose calls those are
   */
  #until<T>(
    found: () => T | undefined,
    operation: Operation,
    argument: number,
    rule = this.#rule,
    thread?: number,
  ): T {
    for (;;) {
      const value = found();
      if (value !== undefined) return value;
      if (!this.#serveOne(rule, thread)) this.#take(operation, argument);
    }
  }

  /** Runs what has come first of what `rule` allows; says whether there was something. */
  #serveOne(rule: WhileWaiting, thread: number | undefined): boolean {
    if (rule === 'nothing') return false;
    const at = this.#queue.findIndex(
      (work) => rule === 'everything' || (thread !== undefined && work.thread === thread),
    );
    if (at >= 0) {
      const [work] = this.#queue.splice(at, 1);
      this.#serveWork(work);
      return true;
    }
    const own = rule === 'everything' ? this.#objects.unreferenced() : undefined;
    if (own === undefined) return false;
    own.isHeld = false;
    const { unreferenced } = own;
    if (unreferenced !== undefined) this.#within(undefined, unreferenced);
    return true;
  }

  #serveWork({ from, number, thread, id, method, given }: Work): void {
    if (number === undefined) {
      const run = this.#methodOf(id, method);
      if (run === 'NO_METHOD') throw new RemoteError(`one-way ${method}`, run);
      // An object may be withdrawn while a call is on its way.
      if (run !== 'NO_OBJECT') this.#within(undefined, () => run(given));
      return;
    }
    const outcome = this.#run(id, method, given, thread);
    if (this.#gone.has(from)) return; // nobody waits any more
    if ('value' in outcome) {
      try {
        this.#post(operations.answer, from, What.RESULT, [number], outcome.value);
      } catch (e) {
        if (isLeaving(e)) throw e;
        this.#fail(from, number, { code: 'THROWN', thrown: thrownBy(e) }); // what it returned cannot be sent
      }
    } else this.#fail(from, number, outcome);
  }

  #fail(to: number, number: number, { code, thrown }: Failure): void {
    const rest = thrown === undefined ? [] : [thrown.name, thrown.message];
    this.#inboxes[to].post(operations.answer, What.ERROR, JSON.stringify([number, code, ...rest]));
  }

  #methodOf(
    id: number,
    method: string,
  ): ((given: readonly unknown[]) => unknown) | 'NO_OBJECT' | 'NO_METHOD' {
    const object = this.#objects.own(id)?.object as Record<string, unknown> | undefined;
    if (object === undefined) return 'NO_OBJECT';
    const run = method in Object.prototype ? undefined : object[method];
    if (typeof run !== 'function') return 'NO_METHOD';
    return (given) => Reflect.apply(run, object, given);
  }

  /** Runs a method of an object of this process, as part of a thread of control. */
  #run(id: number, method: string, given: readonly unknown[], thread: number): Outcome {
    const run = this.#methodOf(id, method);
    if (typeof run === 'string') return { code: run };
    try {
      return { value: this.#within(thread, () => run(given)) };
    } catch (e) {
      if (isLeaving(e)) throw e;
      return { code: 'THROWN', thrown: thrownBy(e) };
    }
  }

  #within<T>(thread: number | undefined, run: () => T): T {
    const before = this.#thread;
    this.#thread = thread;
    try {
      return run();
    } finally {
      this.#thread = before;
    }
  }

  /** Reads the next that comes, and puts it where it belongs. */
  #take(operation: Operation, argument: number): void {
    const { what, from, text } = this.#inboxes[this.#me].take(operation, argument);
    if (what === What.LEFT) {
      this.#gone.add(from);
      this.#objects.leave(from);
      return;
    }
    const parts = JSON.parse(text) as Json[];
    const values = (first: number): unknown[] => parts.slice(first).map((part) => this.#read(part));
    if (what === What.NAME) {
      const place = this.#objects.of(values(1)[0]) as Held;
      if (!this.#names.has(parts[0] as string)) this.#names.set(parts[0] as string, place);
    } else if (what === What.CALL) {
      const [number, thread, id, method] = parts as [number, number, number, string];
      this.#queue.push({ from, number, thread, id, method, given: values(4) });
    } else if (what === What.SEND) {
      const [id, method] = parts as [number, string];
      this.#queue.push({ from, thread: NOBODY, id, method, given: values(2) });
    } else if (what === What.RESULT) {
      this.#outcomes.set(parts[0] as number, { value: values(1)[0] });
    } else if (what === What.ERROR) {
      const [number, code, name, message] = parts as [number, RemoteFailure, string?, string?];
      const thrown = name === undefined ? undefined : { name, message: message as string };
      this.#outcomes.set(number, { code, ...(thrown && { thrown }) });
    } else if (what === What.GIVEN) {
      this.#given(parts[0] as number, parts[1] as number);
    } else {
      const own = this.#objects.own(parts[0] as number);
      if (own !== undefined) this.#objects.count(own, from, -(parts[1] as number));
    }
  }
}
sealed(Office);
