// Remote objects (Birrell, Nelson, Owicki and Wobber, "Network objects", SOSP 1993; Java RMI): an object stays in the process
// that made it, its home; others hold references to it, call its methods, and pass the references on. That a call leaves the
// process is not hidden, it is `call`, since it can fail where no other call does (Waldo, Wyant, Wollrath and Kendall, "A note on
// distributed computing", 1994).
import { arena, made } from '../shared/arena.ts';
import { namesOf } from '../shared/cast.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { Inbox } from './remote-inbox.ts';
import { Office } from './remote-office.ts';
import { kind } from './remote-operations.ts';

/** Names of the methods of an object. */
type MethodOf<T> = { [K in keyof T]: T[K] extends (...given: never[]) => unknown ? K : never }[keyof T] &
  string;
type Given<T, K extends keyof T> = T[K] extends (...given: infer A) => unknown ? A : never;
type Result<T, K extends keyof T> = T[K] extends (...given: never[]) => infer R ? R : never;

/**
 * A reference to an object, which may be in another process. It can be an argument or a result of calls; at the object's home it
 * arrives as the reference that was made there.
 */
export interface Reference<T extends object = object> {
  /**
   * Calls a method in the process that has the object, and returns its result; blocks until that comes. Throws RemoteError where
   * the method throws, or that process has ended; TypeError where an argument cannot be sent. After `release` it is misuse.
   */
  call<K extends MethodOf<T>>(method: K, ...given: Given<T, K>): Result<T, K>;
  /**
   * The same one way: it returns once the call is on its way, and nobody is told what becomes of it. Calls of one process to
   * another one are run in their order. Throws RemoteError GONE where it is known that the other process has ended.
   */
  send<K extends MethodOf<T>>(method: K, ...given: Given<T, K>): void;
  /** Gives the reference back: this process does not use it any more. At the object's home it does nothing. A second time is misuse. */
  release(): void;
}

/** Whose calls a process serves while it waits for an answer. */
export type WhileWaiting = 'nothing' | 'callbacks' | 'everything';

/** What to be told of an object. */
export interface ObjectOptions {
  /** Called at the object's home, as a call is, when no other process holds a reference to it any more. Default: nobody is told. */
  readonly unreferenced?: () => void;
}

/** Objects that processes call from afar. */
export interface Remote {
  /**
   * Makes a reference to an object of this process, by which others may call its methods.
   * They run in `serve`, or while this process waits for an answer, where `serveWhileWaiting` says so.
   */
  object<T extends object>(object: T, options?: ObjectOptions): Reference<T>;
  /**
   * The same, and tells all processes its name. They hold a reference from then on, until they release it or end. Throws
   * RangeError where this process knows of another object by that name.
   */
  export<T extends object>(name: string, object: T, options?: ObjectOptions): Reference<T>;
  /** The object of this name; blocks until somebody has exported one. Throws RemoteError GONE or NO_NAME where nobody can any more. */
  lookup<T extends object>(name: string): Reference<T>;
  /**
   * Runs what others call, in the order in which it came; blocks while there is nothing. Returns once `until` holds, which is
   * looked at before each, or once all other processes have ended. What a one-way call throws ends it.
   * @param until default: never
   */
  serve(until?: () => boolean): void;
  /**
   * Says what this process serves while it waits for an answer: `nothing`, which is the rule at first; `callbacks`, calls that
   * come about because of the one that it waits for; or `everything`.
   */
  serveWhileWaiting(rule: WhileWaiting): void;
  /** How many other processes hold references to an object of this one, as far as it has read. No step. */
  holders(reference: Reference): number;
  /** Withdraws an object of this process: whoever calls it gets RemoteError NO_OBJECT. No step. */
  unexport(reference: Reference): void;
}

/** Creates what lets the processes of a run call each other's objects: a connection between each two of them (unix(7)). */
export function remote(): Remote {
  const { cast, me } = arena();
  const all: KernelObject[] = [];
  for (const [process, name] of namesOf(cast).entries()) {
    const of = kernelObject(kind, { process });
    Object.assign(of.object, { part: { of: (all[0] ?? of).object.id, name, owner: process } });
    all.push(of);
  }
  const inboxes = all.map((of, process) => new Inbox(of, process, me));
  const { way, object } = all[me];
  const misuse = (message: string): never => way.misuse(object, message);
  return made(Object.freeze(new Office(me, inboxes, misuse)), all[0].object);
}
