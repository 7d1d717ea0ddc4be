// The state of the specification as part of the state of a run: rules, witnesses and ends are functions of it, so
// whoever comes to the same one has the same verdicts before him. Where calls must be linearizable, the order of
// all their events belongs to it: nothing less is known to be enough.
import type { AnyProblem, Case } from '../problem/problem.ts';
import { Fingerprint } from './fingerprint.ts';

/** What stands for values that are no numbers: numbers that no specification counts to. */
const TRUE = 0x51ed270b;
const FALSE = 0x63d83595;
const UNDEFINED = 0x6c8e9cf5;
const NULL = 0x7b1c29e3;
const SAME = 0x42a1d0b7;

interface Prepared {
  readonly by: readonly number[];
  readonly then: ((state: unknown, happening: never, c: Case) => void) | undefined;
  readonly timed: boolean;
}

export class WorldState {
  readonly #start: (c: Case) => unknown;
  readonly #case: Case;
  readonly #events: readonly Prepared[];
  readonly #whenKilled: Prepared['then'];
  /** For each process, which of its role it is. */
  readonly #by: readonly number[];
  readonly #print = new Fingerprint();
  readonly #log = new Fingerprint();
  readonly #seen: object[] = [];
  #state: unknown;
  /** Whether the state has parts that cannot be told apart: then no state is known to be another. */
  isOpaque = false;

  constructor({ roles, specification }: AnyProblem, c: Case) {
    const { start, events, whenKilled, linearizable } = specification;
    const timed = Object.values(linearizable?.operations ?? {}).flatMap((o) => [o.called, o.returned]);
    const by = Object.values(roles).flatMap((count) => Array.from({ length: count(c) }, (_, n) => n));
    this.#start = start;
    this.#by = by;
    this.#whenKilled = whenKilled as Prepared['then'];
    this.#case = c;
    this.#events = Object.entries(events).map(([name, { then }]) => ({
      by,
      then: then as Prepared['then'],
      timed: timed.includes(name),
    }));
  }

  /** A run begins. */
  begin(): void {
    this.#state = this.#start(this.#case);
    this.#log.clear();
    this.isOpaque = false;
  }

  /** An event has happened. */
  take(process: number, event: number, value: number): void {
    const { by, then, timed } = this.#events[event];
    then?.(this.#state, { by: by[process], process, value } as never, this.#case);
    if (!timed) return;
    this.#log.word(process);
    this.#log.word(event);
    this.#log.word(value);
  }

  /** A process was killed. */
  kill(process: number): void {
    this.#whenKilled?.(this.#state, { by: this.#by[process], process, value: 0 } as never, this.#case);
  }

  /** The fingerprint of the state, valid until the next one is asked for. */
  print(): Fingerprint {
    const print = this.#print;
    print.clear();
    print.word(this.#log.a);
    print.word(this.#log.b);
    this.#seen.length = 0;
    this.#take(this.#state);
    return print;
  }

  #take(value: unknown): void {
    const print = this.#print;
    switch (typeof value) {
      case 'number':
        if (Object.is(value | 0, value)) print.word(value);
        else print.number(value);
        return;
      case 'boolean':
        print.word(value ? TRUE : FALSE);
        return;
      case 'undefined':
        print.word(UNDEFINED);
        return;
      case 'string':
        print.word(-value.length);
        for (let i = 0; i < value.length; i++) print.word(value.charCodeAt(i));
        return;
      case 'object':
        break;
      default:
        this.isOpaque = true;
        return;
    }
    if (value === null) {
      print.word(NULL);
      return;
    }
    // Two names of one object are another state than two objects that look alike.
    const before = this.#seen.indexOf(value);
    if (before >= 0) {
      print.word(SAME + before);
      return;
    }
    this.#seen.push(value);
    if (Array.isArray(value)) {
      print.word(value.length);
      for (let i = 0; i < value.length; i++) this.#take(value[i]);
    } else if (value instanceof Map || value instanceof Set) {
      print.word(value.size);
      for (const entry of value) this.#take(entry);
    } else if (Object.getPrototypeOf(value) === Object.prototype) {
      for (const key of Object.keys(value)) {
        this.#take(key);
        this.#take((value as Record<string, unknown>)[key]);
      }
    } else this.isOpaque = true;
  }
}
