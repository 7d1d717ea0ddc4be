// What the primitives mean, written down once more, naively and for this purpose alone: each process is a generator
// that yields the step it is about to take, and everything shared is plain data. It knows nothing of the harness.
import { type Call, isTold, type Program, type Statement, type Thing } from './program.ts';

/** A step that a process is about to take. */
export interface Request {
  readonly name: string;
  /** Number of the thing; -1 for the world. */
  readonly thing: number;
  readonly index: number;
  readonly argument: number;
  readonly second: number;
  readonly ready: () => boolean;
  readonly take: (way: number) => number;
  /** In how many ways it can be taken now. */
  readonly ways?: () => number;
  /** Present where it may be given up. */
  readonly giveUp?: () => number;
  readonly misuse?: () => boolean;
  /** Which of the objects of the thing it is about, from 0. */
  readonly box?: number;
  /** What it is recorded with after it was taken: the words of a message, the first of which is the argument. */
  readonly words?: () => readonly number[];
}

/** What a step came to. */
export interface Moved {
  readonly misused: boolean;
  readonly gaveUp: boolean;
  /** Two or more: there was a choice. */
  readonly ways: number;
  readonly result: number;
  readonly before: number;
  readonly after: number;
}

interface State {
  /** Units, owner + 1, readers or - writer - 1, generation and arrivals, count, flag, value; waiters of a condition. */
  n: number;
  owner: number;
  readers: number[];
  /** Who waits, in the order in which they came. */
  queue: number[];
  /** Who was told to go on. */
  told: number[];
  spurious: number;
  generation: number;
  elements: number[];
  /** Messages that are held. */
  messages: (readonly number[])[];
  closed: boolean;
  /** What those who wait have to give, or were given; null where there is nothing. */
  hands: Record<number, readonly number[] | null>;
  boxes: State[];
}

type Process = Generator<Request, number, number>;

/** A number as a typed array of this kind holds it. */
function stored(of: string, v: number): number {
  if (of === 'bool') return v ? 1 : 0;
  const array =
    of === 'int32' ? new Int32Array(1) : of === 'uint32' ? new Uint32Array(1) : new Float64Array(1);
  array[0] = v;
  return array[0];
}

function stateOf(t: Thing): State {
  const state: State = {
    n: 0,
    owner: -1,
    readers: [],
    queue: [],
    told: [],
    spurious: 0,
    generation: 0,
    elements: [],
    messages: [],
    closed: false,
    hands: {},
    boxes: [],
  };
  if (t.kind === 'direct')
    state.boxes = Array.from({ length: t.processes }, () =>
      stateOf({ kind: 'mailbox', capacity: 1, words: 1 }),
    );
  if (t.kind === 'semaphore' || t.kind === 'atomicInt32') state.n = t.initial;
  if (t.kind === 'latch') state.n = t.count;
  if (t.kind === 'event') state.n = t.set ? 1 : 0;
  if (t.kind === 'condition') state.spurious = t.spurious;
  if (t.kind === 'cell' || t.kind === 'array')
    state.elements = new Array<number>(t.length).fill(stored(t.of, t.initial));
  return state;
}

const without = (list: readonly number[], p: number): number[] => list.filter((q) => q !== p);

export class Reference {
  readonly #things: readonly Thing[];
  readonly #states: State[];
  readonly #processes: Process[];
  /** The next step of each process; undefined once it has ended. */
  readonly next: (Request | undefined)[];
  /** What each process has told. */
  readonly told: number[][];
  /** What the steps of each process came to: all that it knows. */
  readonly #history: number[][];

  constructor({ things, processes }: Program) {
    this.#things = things;
    this.#states = things.map(stateOf);
    this.told = processes.map(() => []);
    this.#history = processes.map(() => []);
    this.#processes = processes.map((statements, p) => this.#run(statements, p));
    this.next = this.#processes.map((process) => {
      const first = process.next();
      return first.done ? undefined : first.value;
    });
  }

  /** Who can move. */
  able(): number[] {
    return this.next.flatMap((r, p) => (r !== undefined && (r.giveUp !== undefined || r.ready()) ? [p] : []));
  }

  done(): boolean {
    return this.next.every((r) => r === undefined);
  }

  /** Lets process `p` take its step, in one of several ways. */
  move(p: number, choose: (ways: number) => number): Moved {
    const request = this.next[p] as Request;
    const before = this.#before(request);
    if (request.misuse?.())
      return { misused: true, gaveUp: false, ways: 0, result: 0, before, after: before };
    const gaveUp = request.giveUp !== undefined && !request.ready();
    const ways = gaveUp ? 0 : (request.ways?.() ?? 0);
    const way = ways > 1 ? choose(ways) : 0;
    const result = gaveUp ? (request.giveUp as () => number)() : request.take(way);
    const after = request.name === 'read' ? before : this.#before(request);
    this.#history[p].push(request.name === 'read' ? before : result, ...(request.words?.() ?? []));
    const following = this.#processes[p].next(result);
    this.next[p] = following.done ? undefined : following.value;
    return { misused: false, gaveUp, ways, result, before, after };
  }

  /** Everything that decides how it goes on. */
  key(): string {
    return JSON.stringify([this.#states, this.#history]);
  }

  /** The words and elements that are left in memory, thing by thing. */
  memory(): number[][] {
    return this.#things.flatMap((t, i) => {
      if (t.kind === 'direct') return this.#states[i].boxes.map(({ messages }) => [messages.length]);
      return [t.kind === 'cell' || t.kind === 'array' ? [...this.#states[i].elements] : [this.#word(i)]];
    });
  }

  #before({ thing, name, index, box }: Request): number {
    if (thing < 0) return 0;
    if (box !== undefined) return this.#states[thing].boxes[box].messages.length;
    return name === 'read' || name === 'write' ? this.#states[thing].elements[index] : this.#word(thing);
  }

  #word(thing: number): number {
    const s = this.#states[thing];
    switch (this.#things[thing].kind) {
      case 'mutex':
        return s.owner + 1;
      case 'rwlock':
        return s.owner >= 0 ? -s.owner - 1 : s.readers.length;
      case 'barrier':
        return ((s.generation & 0xffff) << 16) | s.n;
      case 'condition':
        return s.queue.length + s.told.length;
      case 'channel':
      case 'mailbox':
        return s.messages.length + s.n; // below 0: receivers who wait; else senders, or messages
      case 'cell':
      case 'array':
        return Number.NaN; // not looked at: where an index is wrong there is no word
      default:
        return s.n;
    }
  }

  *#run(statements: readonly Statement[], p: number): Process {
    for (const statement of statements) {
      const result: number = yield* this.#call(statement, p);
      if (isTold(this.#things, statement)) {
        yield* this.#tell(p, result);
        if (statement.body && result === 0) continue;
      }
      for (const inner of statement.body ?? []) {
        const value: number = yield* this.#call(inner, p);
        if (isTold(this.#things, inner)) yield* this.#tell(p, value);
      }
    }
    return 0;
  }

  *#tell(p: number, value: number): Process {
    const told = (value * 4) | 0;
    const take = (): number => {
      this.told[p].push(told);
      return 0;
    };
    return yield { ...plain('event', 0, told), thing: -1, take };
  }

  *#call(c: Call, p: number): Process {
    if (c.thing < 0) {
      const milliseconds = c.call === 'sleep' ? c.given[0] : 0;
      return yield { ...plain('pause', 0, milliseconds), thing: -1 };
    }
    const t = this.#things[c.thing];
    switch (t.kind) {
      case 'semaphore':
        return t.strength === 'barging' ? yield* this.#barging(c) : yield* this.#queued(c, p, t.strength);
      case 'mutex':
        return yield* this.#mutex(c, p);
      case 'condition':
        return yield* this.#condition(c, p);
      case 'rwlock':
        return yield* this.#rwlock(c, p);
      case 'barrier':
        return yield* this.#barrier(c, t.parties);
      case 'latch':
        return yield* this.#latch(c);
      case 'event':
        return yield* this.#event(c, t.automatic);
      case 'atomicInt32':
        return yield* this.#atomic(c);
      case 'channel':
        return yield* t.capacity === 0
          ? this.#meeting(c, p)
          : this.#holding(c, p, this.#states[c.thing], t.capacity);
      case 'mailbox':
        return yield* this.#holding(c, p, this.#states[c.thing], t.capacity);
      case 'direct':
        return yield* this.#direct(c, p, t.capacity);
      default:
        return yield* this.#elements(c, t.of, t.length);
    }
  }

  /** The three forms in which something that may have to wait is asked for. */
  *#attempt(c: Call, ready: () => boolean, take: () => void, argument = 0): Process {
    const { thing, call } = c;
    const done = (): number => {
      take();
      return call.startsWith('t') ? 1 : 0;
    };
    if (call.startsWith('try'))
      return yield { ...plain(call, thing, argument), take: () => (ready() ? done() : 0) };
    if (call.startsWith('timed'))
      return yield {
        ...plain(call, thing, argument, c.given[0]),
        ready,
        take: done,
        giveUp: () => 0,
      };
    return yield { ...plain(call, thing, argument), ready, take: done };
  }

  *#barging(c: Call): Process {
    const s = this.#states[c.thing];
    if (c.call === 'value') return yield { ...plain('value', c.thing), take: () => s.n };
    if (c.call === 'post')
      return yield { ...plain('post', c.thing), misuse: () => s.n === 2 ** 31 - 1, take: () => zero(s.n++) };
    return yield* this.#attempt(
      c,
      () => s.n > 0,
      () => s.n--,
    );
  }

  *#queued(c: Call, p: number, strength: 'handoff' | 'fifo'): Process {
    const s = this.#states[c.thing];
    const { thing } = c;
    if (c.call === 'value') return yield { ...plain('value', thing), take: () => s.n };
    if (c.call === 'tryWait')
      return yield { ...plain('tryWait', thing), take: () => (s.n > 0 ? one(s.n--) : 0) };
    if (c.call === 'post') {
      const give = (way: number): number => {
        if (s.queue.length === 0) return zero(s.n++);
        const chosen = strength === 'fifo' ? s.queue[0] : [...s.queue].sort()[way];
        s.queue = without(s.queue, chosen);
        s.told.push(chosen);
        return 0;
      };
      return yield {
        ...plain('post', thing),
        misuse: () => s.n === 2 ** 31 - 1,
        ways: () => (strength === 'fifo' ? 0 : s.queue.length),
        take: give,
      };
    }
    const arrive = c.call === 'timedWait' ? plain('timedWait', thing, 0, c.given[0]) : plain('wait', thing);
    const got = yield { ...arrive, take: () => (s.n > 0 ? one(s.n--) : zero(s.queue.push(p))) };
    if (got === 1) return 1;
    const granted = { ready: () => s.told.includes(p), take: () => this.#leave(s, p) };
    if (c.call === 'wait') return yield { ...plain('granted', thing), ...granted };
    return yield {
      ...plain('timedGranted', thing, 0, c.given[0]),
      ...granted,
      giveUp: () => zero(this.#leave(s, p)),
    };
  }

  #leave(s: State, p: number): number {
    s.queue = without(s.queue, p);
    s.told = without(s.told, p);
    return 1;
  }

  *#mutex(c: Call, p: number): Process {
    const s = this.#states[c.thing];
    if (c.call === 'unlock')
      return yield {
        ...plain('unlock', c.thing),
        misuse: () => s.owner !== p,
        take: () => {
          s.owner = -1;
          return 0;
        },
      };
    // Nobody dies here.
    if (c.call === 'ownerDied') return yield { ...plain('ownerDied', c.thing), take: () => 0 };
    if (c.call === 'consistent') return yield { ...plain('consistent', c.thing), misuse: () => true };
    const hold = (): void => {
      s.owner = p;
    };
    return yield* this.#attempt(c, () => s.owner < 0, hold);
  }

  *#condition(c: Call, p: number): Process {
    const s = this.#states[c.thing];
    const { thing, call } = c;
    const tell = (q: number): void => {
      s.queue = without(s.queue, q);
      s.told.push(q);
    };
    if (call === 'signal')
      return yield {
        ...plain('signal', thing),
        ways: () => s.queue.length,
        take: (way) => {
          if (s.queue.length > 0) tell([...s.queue].sort()[way]);
          return 0;
        },
      };
    if (call === 'broadcast')
      return yield {
        ...plain('broadcast', thing),
        take: () => {
          for (const q of s.queue) tell(q);
          return 0;
        },
      };
    const [mutex, milliseconds] = c.given;
    const misuse = (): boolean => this.#states[mutex].owner !== p;
    yield { ...plain('wait', thing), misuse, take: () => zero(s.queue.push(p)) };
    yield* this.#mutex({ thing: mutex, call: 'unlock', given: [] }, p);
    const woken = {
      ready: () => s.told.includes(p) || s.spurious > 0,
      take: () => {
        const signalled = s.told.includes(p);
        if (!signalled) s.spurious--;
        this.#leave(s, p);
        return signalled ? 1 : 0;
      },
    };
    let result: number;
    if (call === 'wait') result = yield { ...plain('woken', thing), ...woken };
    else
      result = yield {
        ...plain('timedWoken', thing, 0, milliseconds),
        ...woken,
        take: () => one(woken.take()),
        giveUp: () => zero(this.#leave(s, p)),
      };
    yield* this.#mutex({ thing: mutex, call: 'lock', given: [] }, p);
    return result;
  }

  *#rwlock(c: Call, p: number): Process {
    const s = this.#states[c.thing];
    if (c.call === 'unlock')
      return yield {
        ...plain('unlock', c.thing),
        misuse: () => s.owner !== p && !s.readers.includes(p),
        take: () => {
          if (s.owner === p) s.owner = -1;
          else s.readers.splice(s.readers.indexOf(p), 1);
          return 0;
        },
      };
    if (/write/i.test(c.call)) {
      const write = (): void => {
        s.owner = p;
      };
      return yield* this.#attempt(c, () => s.owner < 0 && s.readers.length === 0, write);
    }
    return yield* this.#attempt(
      c,
      () => s.owner < 0,
      () => s.readers.push(p),
    );
  }

  *#barrier({ thing }: Call, parties: number): Process {
    const s = this.#states[thing];
    const arrive = (): number => {
      s.n++;
      if (s.n < parties) return s.generation & 0xffff;
      s.n = 0;
      s.generation++;
      return -1;
    };
    const generation: number = yield { ...plain('wait', thing, parties), take: arrive };
    if (generation < 0) return 1;
    return yield { ...plain('pass', thing, generation), ready: () => (s.generation & 0xffff) !== generation };
  }

  *#latch(c: Call): Process {
    const s = this.#states[c.thing];
    if (c.call === 'countDown')
      return yield { ...plain('countDown', c.thing), misuse: () => s.n === 0, take: () => zero(s.n--) };
    return yield* this.#attempt(
      c,
      () => s.n === 0,
      () => {},
    );
  }

  *#event(c: Call, automatic: boolean): Process {
    const s = this.#states[c.thing];
    const become = (n: number) => (): number => {
      s.n = n;
      return 0;
    };
    if (c.call === 'set') return yield { ...plain('set', c.thing), take: become(1) };
    if (c.call === 'reset') return yield { ...plain('reset', c.thing), take: become(0) };
    if (c.call === 'isSet') return yield { ...plain('isSet', c.thing), take: () => s.n };
    const pass = (): void => {
      if (automatic) s.n = 0;
    };
    return yield* this.#attempt(c, () => s.n === 1, pass, automatic ? 1 : 0);
  }

  *#atomic(c: Call): Process {
    const s = this.#states[c.thing];
    const [a = 0, b = 0] = c.given.map((v) => v | 0);
    const swap = (to: number): number => {
      const before = s.n;
      s.n = to;
      return before;
    };
    const takes: Readonly<Record<string, () => number>> = {
      load: () => s.n,
      store: () => zero(swap(a)),
      add: () => swap((s.n + a) | 0),
      exchange: () => swap(a),
      compareAndSet: () => (s.n === a ? one(swap(b)) : 0),
    };
    return yield { ...plain(c.call, c.thing, a, c.call === 'compareAndSet' ? b : 0), take: takes[c.call] };
  }

  /** Something that holds so many messages. `box`, where it is one of several; `from`, where one sender is asked for. */
  *#holding(c: Call, p: number, s: State, capacity: number, box?: number, from?: number): Process {
    const { thing, call } = c;
    const where = box === undefined ? {} : { box };
    if (call === 'close') return yield this.#closing(c, s);
    if (/send/i.test(call)) {
      const { message, time } = sending(c);
      const stored = box === undefined ? message : [p, ...message];
      const base = { ...plain(call, thing, message[0], time), ...where, words: () => message };
      const misuse = (): boolean => s.closed;
      const hasRoom = (): boolean => s.messages.length < capacity;
      const take = (): number => {
        if (!hasRoom()) return 0;
        s.messages.push(stored);
        return 1;
      };
      if (call === 'trySend') return yield { ...base, misuse, take };
      const ready = (): boolean => hasRoom() || s.closed;
      if (call === 'send') return yield { ...base, misuse, ready, take };
      return yield { ...base, misuse, ready, take, giveUp: () => 0 };
    }
    const argument = from === undefined ? 0 : from + 1;
    const first = (): number => s.messages.findIndex(([sender]) => from === undefined || sender === from);
    let got: readonly number[] | undefined;
    const take = (): number => {
      const n = first();
      if (n < 0) return 0;
      got = s.messages[n];
      s.messages.splice(n, 1);
      return 1;
    };
    const base = {
      ...plain(call === 'receiveFrom' ? 'receive' : call, thing, argument, c.given[0] ?? 0),
      ...where,
      take,
      words: () => got ?? [argument],
    };
    const ready = (): boolean => first() >= 0 || s.closed;
    if (call === 'tryReceive') yield { ...base, second: 0 };
    else if (call === 'timedReceive') yield { ...base, ready, giveUp: () => 0 };
    else yield { ...base, second: 0, ready };
    return asNumber(from === undefined ? got : got?.slice(1));
  }

  #closing({ thing }: Call, s: State): Request {
    return {
      ...plain('close', thing),
      misuse: () => s.closed,
      take: () => {
        s.closed = true;
        if (s.n < 0) {
          for (const q of s.queue) s.hands[q] = null;
          s.told.push(...s.queue);
          s.queue = [];
          s.n = 0;
        }
        return 0;
      },
    };
  }

  *#direct(c: Call, p: number, capacity: number): Process {
    const { boxes } = this.#states[c.thing];
    if (!/send/i.test(c.call)) {
      const from = c.call === 'receiveFrom' ? c.given[0] : undefined;
      const given = from === undefined ? c.given : [];
      return yield* this.#holding({ ...c, given }, p, boxes[p], capacity, p, from);
    }
    const [to, ...given] = c.given;
    return yield* this.#holding({ ...c, given }, p, boxes[to], capacity, to);
  }

  /** A channel that holds nothing: `n` is how many senders wait, or receivers, below 0. */
  *#meeting(c: Call, p: number): Process {
    const { thing, call } = c;
    const s = this.#states[thing];
    if (call === 'close') return yield this.#closing(c, s);
    const sends = /send/i.test(call);
    const { message, time } = sends ? sending(c) : { message: [0], time: c.given[0] ?? 0 };
    const second = call.startsWith('timed') ? time : 0;
    let got: readonly number[] | null = null;
    const meet = (): number => {
      if (sends ? s.n >= 0 : s.n <= 0) return 0;
      const q = s.queue[0];
      s.queue = without(s.queue, q);
      s.told.push(q);
      if (sends) s.hands[q] = message;
      else got = s.hands[q];
      s.n += sends ? 1 : -1;
      return 1;
    };
    const arrive = (): number => {
      if (meet() === 1) return 1;
      if (!sends && s.closed) return 0;
      s.queue.push(p);
      s.hands[p] = message;
      s.n += sends ? 1 : -1;
      return -1;
    };
    const misuse = (): boolean => sends && s.closed;
    const words = (): readonly number[] => (sends ? message : (got ?? [0]));
    const base = { ...plain(call, thing, message[0], second), misuse, words };
    if (call.startsWith('try')) {
      const result = yield { ...base, take: meet };
      return sends ? result : asNumber(got ?? undefined);
    }
    const result = yield { ...base, take: arrive };
    if (result >= 0) return sends ? result : asNumber(got ?? undefined);
    const base2 = {
      ...plain(`${call.startsWith('timed') ? 'timedS' : 's'}ent`, thing, -1, second),
      ready: () => s.told.includes(p) || (sends && s.closed),
      misuse: () => sends && s.closed && !s.told.includes(p),
      take: () => {
        this.#leave(s, p);
        if (sends) return 1;
        got = s.hands[p];
        return got === null ? 0 : 1;
      },
    };
    const follow: Request = sends
      ? base2
      : { ...base2, name: call.startsWith('timed') ? 'timedReceived' : 'received', words: () => got ?? [-1] };
    const giveUp = (): number => {
      this.#leave(s, p);
      s.n += sends ? -1 : 1;
      return 0;
    };
    const ended = yield call.startsWith('timed') ? { ...follow, giveUp } : follow;
    return sends ? ended : asNumber(got ?? undefined);
  }

  *#elements(c: Call, of: string, length: number): Process {
    const { elements } = this.#states[c.thing];
    const [a = 0, b = 0] = c.given;
    const isArray = this.#things[c.thing].kind === 'array';
    const index = isArray ? a : 0;
    // A read returns nothing as a step: what was read stands before and after.
    const read = function* (i: number): Process {
      if (!(i in elements)) return yield { ...plain('misuse', c.thing), misuse: () => true };
      let value = 0;
      const take = (): number => {
        value = elements[i];
        return 0;
      };
      yield { ...plain('read', c.thing), index: i, take };
      return value;
    };
    const write = function* (i: number, v: number): Process {
      if (!(i in elements)) return yield { ...plain('misuse', c.thing), misuse: () => true };
      const take = (): number => {
        elements[i] = stored(of, v);
        return 0;
      };
      return yield { ...plain('write', c.thing), index: i, take };
    };
    switch (c.call) {
      case 'read':
      case 'get':
        return yield* read(index);
      case 'write':
        return yield* write(0, a);
      case 'set':
        return yield* write(index, b);
      case 'increment': {
        const value: number = yield* read(index);
        yield* write(index, value + 1);
        return value;
      }
      case 'fill':
        for (let i = 0; i < length; i++) yield* write(i, a);
        return 0;
      default: {
        for (let i = 0; i < length; i++) {
          const value: number = yield* read(i);
          if (of !== 'bool' && value === a) return 1;
        }
        return 0;
      }
    }
  }
}

/** The message of a call that sends, and its time-out, which comes last. */
function sending({ call, given }: Call): { message: readonly number[]; time: number } {
  if (!call.startsWith('timed')) return { message: given, time: 0 };
  return { message: given.slice(0, -1), time: given[given.length - 1] };
}

/** What is told of a message: see the text of the program. */
const asNumber = (message: readonly number[] | undefined): number =>
  message === undefined ? 5 : message.reduce((so, n) => so * 3 + (n % 1000), 0);

const zero = (_: unknown): number => 0;
const one = (_: unknown): number => 1;

function plain(name: string, thing: number, argument = 0, second = 0): Request {
  return { name, thing, index: 0, argument, second, ready: () => true, take: () => 0 };
}
