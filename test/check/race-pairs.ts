// Small programs in pairs that differ in little: in one two accesses race, in the other something orders them. Each
// is the text of what a process does, by its number; `s` is what `share` returns.

/** Shared objects, and what each process does; the last text is that of all further ones. */
export interface Program {
  readonly share: string;
  readonly processes: readonly string[];
}

export interface Pair {
  readonly name: string;
  readonly racy: Program;
  readonly ordered: Program;
}

const pairs: Pair[] = [];

/** A pair over the same objects. */
function pair(name: string, share: string, racy: readonly string[], ordered: readonly string[]): void {
  pairs.push({ name, racy: { share, processes: racy }, ordered: { share, processes: ordered } });
}

/** A pair of the same text over other objects. */
function over(name: string, racy: string, ordered: string, processes: readonly string[]): void {
  pairs.push({ name, racy: { share: racy, processes }, ordered: { share: ordered, processes } });
}

const x = 'x: int32()';
const W = 's.x.value = 1;';
const R = 's.x.value;';
const INC = 's.x.value++;';

pair('two writes to a cell; to two cells', `${x}, y: int32()`, [W, 's.x.value = 2;'], [W, 's.y.value = 2;']);
pair('a write and a read; two reads of what share gave', 'x: float64(7)', [W, R], [R, R]);
pair(
  'the same element; different ones',
  'x: boolArray(2)',
  ['s.x[1] = true;', 's.x[1];'],
  ['s.x[0] = true;', 's.x[1];'],
);
pair(
  'all elements; all but the other one',
  'x: float64Array(3)',
  ['s.x[1] = 1;', 's.x.every((v) => v === 0);'],
  ['s.x[1] = 1;', 's.x[0]; s.x[2];'],
);
pair('a third one that writes; three that read', x, [R, R, W], [R, R, R]);
pair(
  'sleeping; a semaphore',
  `${x}, p: semaphore(0)`,
  [`${W} s.p.post();`, `sleep(1000); ${R}`],
  [`${W} s.p.post();`, `s.p.wait(); ${R}`],
);
pair(
  'what the world sees; nothing seen but a lock',
  `${x}, l: mutex()`,
  [`${W} me.tell(1);`, `me.tell(2); ${R}`],
  [`s.l.lock(); ${W} s.l.unlock();`, `s.l.lock(); me.tell(2); ${R} s.l.unlock();`],
);

const locked = `s.l.lock(); ${INC} s.l.unlock();`;
pair('one locks; both lock', `${x}, l: mutex()`, [locked, INC], [locked, locked]);
pair(
  'two locks; one lock',
  `${x}, l: mutex(), m: mutex()`,
  [locked, `s.m.lock(); ${INC} s.m.unlock();`],
  [locked, locked],
);
pair(
  'reads outside the lock; inside',
  `${x}, l: mutex()`,
  [locked, `${R} s.l.lock(); s.l.unlock();`, R],
  [locked, `s.l.lock(); ${R} s.l.unlock();`, `s.l.lock(); ${R} s.l.unlock();`],
);
pair(
  'goes on although tryLock failed; tries again',
  `${x}, l: mutex()`,
  [`s.l.tryLock(); ${INC}`, `s.l.tryLock(); ${INC}`],
  [
    `while (!s.l.tryLock()) me.think(); ${INC} s.l.unlock();`,
    `while (!s.l.tryLock()) me.think(); ${INC} s.l.unlock();`,
  ],
);
pair(
  'goes on although timedLock gave up; does not',
  `${x}, l: mutex()`,
  [`s.l.timedLock(5); ${INC}`, `s.l.timedLock(5); ${INC}`],
  [`if (s.l.timedLock(5)) { ${INC} s.l.unlock(); }`, `if (s.l.timedLock(5)) { ${INC} s.l.unlock(); }`],
);
over('semaphore(2) as a lock; semaphore(1)', `${x}, p: semaphore(2)`, `${x}, p: semaphore(1)`, [
  `for (let i = 0; i < 3; i++) { s.p.wait(); ${INC} s.p.post(); }`,
  `for (let i = 0; i < 3; i++) { s.p.wait(); ${INC} s.p.post(); }`,
]);

const consume = `s.p.wait(); ${R}`;
for (const strength of ['barging', 'handoff', 'fifo']) {
  const p = (n: number): string => `${x}, p: semaphore(${n}, { strength: '${strength}' })`;
  pair(
    `posts, then writes; writes, then posts (${strength})`,
    p(0),
    [`s.p.post(); ${W}`, consume],
    [`${W} s.p.post();`, consume],
  );
  over(`a unit from the beginning; none (${strength})`, p(1), p(0), [`${W} s.p.post();`, consume]);
  pair(
    `tryWait fails; succeeds (${strength})`,
    p(0),
    [`${W} s.p.post();`, `if (!s.p.tryWait()) ${R}`],
    [`${W} s.p.post();`, `if (s.p.tryWait()) ${R}`],
  );
  pair(
    `timedWait gives up; does not (${strength})`,
    p(0),
    [`${W} s.p.post();`, `if (!s.p.timedWait(5)) ${R}`],
    [`${W} s.p.post();`, `if (s.p.timedWait(5)) ${R}`],
  );
  pair(
    `one wait for two posts; two (${strength})`,
    `${p(0)}, y: int32()`,
    [`${W} s.p.post(); s.y.value = 1; s.p.post();`, 's.p.wait(); s.y.value;'],
    [`${W} s.p.post(); s.y.value = 1; s.p.post();`, 's.p.wait(); s.p.wait(); s.y.value;'],
  );
  pair(
    `waits for one of two; for both (${strength})`,
    `${p(0)}, y: int32()`,
    [`${W} s.p.post();`, 's.y.value = 1; s.p.post();', `s.p.wait(); ${R} s.y.value;`],
    [`${W} s.p.post();`, 's.y.value = 1; s.p.post();', `s.p.wait(); s.p.wait(); ${R} s.y.value;`],
  );
  pair(
    `two waiters read what came last; what came first (${strength})`,
    `${p(0)}, y: int32()`,
    [`${W} s.p.post(); s.y.value = 1; s.p.post();`, 's.p.wait(); s.y.value;', 's.p.wait(); s.y.value;'],
    [`${W} s.p.post(); s.y.value = 1; s.p.post();`, `s.p.wait(); ${R}`, `s.p.wait(); ${R}`],
  );
}
pair(
  'uses it again at once; once it was given back',
  `${x}, p: semaphore(0), q: semaphore(0)`,
  [`${W} s.p.post(); ${W} s.q.wait();`, `${consume} s.q.post();`],
  [`${W} s.p.post(); s.q.wait(); ${W}`, `${consume} s.q.post();`],
);
pair(
  'posts before its turn is over; after',
  `${x}, p: semaphore(1), q: semaphore(0)`,
  [
    `for (let i = 0; i < 2; i++) { s.p.wait(); s.q.post(); ${INC} }`,
    `for (let i = 0; i < 2; i++) { s.q.wait(); s.p.post(); ${INC} }`,
  ],
  [
    `for (let i = 0; i < 2; i++) { s.p.wait(); ${INC} s.q.post(); }`,
    `for (let i = 0; i < 2; i++) { s.q.wait(); ${INC} s.p.post(); }`,
  ],
);
pair(
  'frees the slot before it is read; after',
  `${x}, free: semaphore(1), filled: semaphore(0)`,
  [
    `for (let i = 0; i < 2; i++) { s.free.wait(); ${W} s.filled.post(); }`,
    `for (let i = 0; i < 2; i++) { s.filled.wait(); s.free.post(); ${R} }`,
  ],
  [
    `for (let i = 0; i < 2; i++) { s.free.wait(); ${W} s.filled.post(); }`,
    `for (let i = 0; i < 2; i++) { s.filled.wait(); ${R} s.free.post(); }`,
  ],
);
pair(
  'a chain that is broken; by way of a third',
  `${x}, p: semaphore(0), q: semaphore(0)`,
  [`${W} s.p.post();`, 's.q.post(); s.p.wait();', `s.q.wait(); ${R}`],
  [`${W} s.p.post();`, 's.p.wait(); s.q.post();', `s.q.wait(); ${R}`],
);
pair(
  'polls a count that says nothing; that says it is there',
  `${x}, p: semaphore(0)`,
  [`s.p.post(); ${W}`, `while (s.p.value === 0) me.think(); ${R}`],
  [`${W} s.p.post();`, `while (s.p.value === 0) me.think(); ${R}`],
);

const awaits = `s.l.lock(); while (s.ready.value === 0) s.c.wait(s.l);`;
const monitor = `${x}, ready: int32(), l: mutex(), c: condition()`;
for (const wake of ['signal', 'broadcast']) {
  pair(
    `writes after it has let go; before (${wake})`,
    monitor,
    [`s.l.lock(); s.ready.value = 1; s.c.${wake}(); s.l.unlock(); ${W}`, `${awaits} s.l.unlock(); ${R}`],
    [`${W} s.l.lock(); s.ready.value = 1; s.c.${wake}(); s.l.unlock();`, `${awaits} s.l.unlock(); ${R}`],
  );
  pair(
    `the predicate outside the lock; inside (${wake})`,
    monitor,
    [`s.ready.value = 1; s.l.lock(); s.c.${wake}(); s.l.unlock();`, `if (s.ready.value === 0) me.think();`],
    [`s.l.lock(); s.ready.value = 1; s.c.${wake}(); s.l.unlock();`, `${awaits} s.l.unlock();`],
  );
  const told = `${x}, here: atomicInt32(), l: mutex(), c: condition()`;
  const sleeps = `s.l.lock(); s.here.store(1); s.c.wait(s.l); s.l.unlock(); ${R}`;
  const seen = 's.l.lock(); const here = s.here.load(); s.l.unlock();';
  pair(
    `changes what it tells of after the ${wake}; before`,
    told,
    [`${seen} if (here) { s.c.${wake}(); ${W} }`, sleeps],
    [`${seen} if (here) { ${W} s.c.${wake}(); }`, sleeps],
  );
  pair(
    `a wait that times out; that was woken (${wake})`,
    monitor,
    [`${W} s.c.${wake}();`, `s.l.lock(); const told = s.c.timedWait(s.l, 5); s.l.unlock(); if (!told) ${R}`],
    [`${W} s.c.${wake}();`, `s.l.lock(); const told = s.c.timedWait(s.l, 5); s.l.unlock(); if (told) ${R}`],
  );
}
pair(
  'a broadcast before the write; after, for all',
  monitor,
  [
    `s.l.lock(); s.ready.value = 1; s.c.broadcast(); s.l.unlock(); ${W}`,
    `${awaits} s.l.unlock(); ${R}`,
    `${awaits} s.l.unlock(); ${R}`,
  ],
  [
    `${W} s.l.lock(); s.ready.value = 1; s.c.broadcast(); s.l.unlock();`,
    `${awaits} s.l.unlock(); ${R}`,
    `${awaits} s.l.unlock(); ${R}`,
  ],
);

const rw = `${x}, r: rwlock()`;
const reading = `s.r.readLock(); ${R} s.r.unlock();`;
const writing = `s.r.writeLock(); ${INC} s.r.unlock();`;
pair(
  'writes under a read lock; under a write lock',
  rw,
  [`s.r.readLock(); ${W} s.r.unlock();`, reading],
  [writing, reading],
);
pair(
  'three that only lock for reading; one that writes',
  rw,
  [`s.r.readLock(); ${INC} s.r.unlock();`, reading, reading],
  [writing, reading, reading],
);
pair(
  'two writers under read locks; under write locks',
  rw,
  [`s.r.readLock(); ${INC} s.r.unlock();`, `s.r.readLock(); ${INC} s.r.unlock();`],
  [writing, writing],
);
for (const [kind, args] of [
  ['try', ''],
  ['timed', '5'],
]) {
  pair(
    `${kind}ReadLock fails; succeeds`,
    rw,
    [writing, `if (!s.r.${kind}ReadLock(${args})) ${R}`],
    [writing, `if (s.r.${kind}ReadLock(${args})) ${reading.slice(16)}`],
  );
  pair(
    `${kind}WriteLock fails; succeeds`,
    rw,
    [writing, `if (!s.r.${kind}WriteLock(${args})) ${R}`],
    [reading, `if (s.r.${kind}WriteLock(${args})) { ${W} s.r.unlock(); }`],
  );
}

const around = (before: string, after: string): string => `${before} s.b.wait(); ${after}`;
pair(
  'looks before the barrier; behind it',
  'x: int32Array(2), b: barrier(2)',
  [around('s.x[0] = 1; s.x[1];', ''), around('s.x[1] = 1; s.x[0];', '')],
  [around('s.x[0] = 1;', 's.x[1];'), around('s.x[1] = 1;', 's.x[0];')],
);
pair(
  'one barrier for two phases; two',
  'x: int32Array(2), b: barrier(2)',
  [around('s.x[0] = 1;', 's.x[1]; s.x[0] = 2;'), around('s.x[1] = 1;', 's.x[0]; s.x[1] = 2;')],
  [
    around('s.x[0] = 1;', around('s.x[1];', 's.x[0] = 2;')),
    around('s.x[1] = 1;', around('s.x[0];', 's.x[1] = 2;')),
  ],
);
over(
  'a barrier for two of three; for three',
  'x: int32Array(3), b: barrier(1)',
  'x: int32Array(3), b: barrier(3)',
  [0, 1, 2].map((n) => around(`s.x[${n}] = 1;`, `s.x[${(n + 1) % 3}];`)),
);

pair(
  'counts down before it writes; after',
  `${x}, d: latch(1)`,
  [`s.d.countDown(); ${W}`, `s.d.wait(); ${R}`],
  [`${W} s.d.countDown();`, `s.d.wait(); ${R}`],
);
pair(
  'a latch for one of two; for both',
  'x: int32Array(2), one: latch(1), both: latch(2)',
  ['s.x[0] = 1; s.one.countDown();', 's.x[1] = 1; s.both.countDown();', 's.one.wait(); s.x[0]; s.x[1];'],
  ['s.x[0] = 1; s.both.countDown();', 's.x[1] = 1; s.both.countDown();', 's.both.wait(); s.x[0]; s.x[1];'],
);
pair(
  'a latch not open yet; open',
  `${x}, d: latch(1)`,
  [`${W} s.d.countDown();`, `if (!s.d.tryWait()) ${R}`],
  [`${W} s.d.countDown();`, `if (s.d.tryWait()) ${R}`],
);
pair(
  'tired of waiting at a latch; passed',
  `${x}, d: latch(1)`,
  [`${W} s.d.countDown();`, `if (!s.d.timedWait(5)) ${R}`],
  [`${W} s.d.countDown();`, `if (s.d.timedWait(5)) ${R}`],
);

for (const automatic of [false, true]) {
  const e = (set: boolean): string => `${x}, e: event({ automatic: ${automatic}, set: ${set} })`;
  const how = automatic ? 'automatic' : 'manual';
  pair(
    `sets, then writes; writes, then sets (${how})`,
    e(false),
    [`s.e.set(); ${W}`, `s.e.wait(); ${R}`],
    [`${W} s.e.set();`, `s.e.wait(); ${R}`],
  );
  over(`set from the beginning; not set (${how})`, e(true), e(false), [
    `${W} s.e.set();`,
    `s.e.wait(); ${R}`,
  ]);
  pair(
    `not set yet; set (${how})`,
    e(false),
    [`${W} s.e.set();`, `if (!s.e.tryWait()) ${R}`],
    [`${W} s.e.set();`, `if (s.e.tryWait()) ${R}`],
  );
  pair(
    `tired of waiting for an event; passed (${how})`,
    e(false),
    [`${W} s.e.set();`, `if (!s.e.timedWait(5)) ${R}`],
    [`${W} s.e.set();`, `if (s.e.timedWait(5)) ${R}`],
  );
}
pair(
  'a second set; a second set of what was written before',
  `${x}, e: event()`,
  [`s.e.set(); ${W} s.e.set();`, `s.e.wait(); ${R}`],
  [`${W} s.e.set(); s.e.set();`, `s.e.wait(); ${R}`],
);
pair(
  'asks whether it is set too late; in time',
  `${x}, e: event()`,
  [`s.e.set(); ${W}`, `while (!s.e.isSet) me.think(); ${R}`],
  [`${W} s.e.set();`, `while (!s.e.isSet) me.think(); ${R}`],
);
pair(
  'does not wait for the reset; does',
  `${x}, e: event()`,
  [`${W} s.e.set(); ${W}`, `s.e.wait(); ${R} s.e.reset();`],
  [`${W} s.e.set(); while (s.e.isSet) me.think(); ${W}`, `s.e.wait(); ${R} s.e.reset();`],
);
pair(
  'two automatic events, one too early; in turn',
  `${x}, e: event({ automatic: true }), f: event({ automatic: true })`,
  [`${W} s.e.set(); s.f.wait(); ${W}`, `s.e.wait(); s.f.set(); ${R}`],
  [`${W} s.e.set(); s.f.wait(); ${W}`, `s.e.wait(); ${R} s.f.set();`],
);

for (const capacity of [0, 1, 2]) {
  const c = `${x}, c: channel(${capacity})`;
  const holds = capacity === 0 ? 'meets' : `holds ${capacity}`;
  pair(
    `sends, then writes; writes, then sends (${holds})`,
    c,
    [`s.c.send(1); ${W}`, `s.c.receive(); ${R}`],
    [`${W} s.c.send(1);`, `s.c.receive(); ${R}`],
  );
  pair(
    `tryReceive fails; succeeds (${holds})`,
    c,
    [`${W} s.c.trySend(1);`, `if (s.c.tryReceive() === undefined) ${R}`],
    [`${W} s.c.send(1);`, `if (s.c.tryReceive() === 1) ${R}`],
  );
  pair(
    `timedReceive gives up; does not (${holds})`,
    c,
    [`${W} s.c.timedSend(1, 5);`, `if (s.c.timedReceive(5) === undefined) ${R}`],
    [`${W} s.c.timedSend(1, 5);`, `if (s.c.timedReceive(5) === 1) ${R}`],
  );
  pair(
    `closes, then writes; writes, then closes (${holds})`,
    c,
    [`s.c.close(); ${W}`, `s.c.receive(); ${R}`],
    [`${W} s.c.close();`, `s.c.receive(); ${R}`],
  );
  pair(
    `one receives for two sends; two (${holds})`,
    `${c}, y: int32()`,
    [`${W} s.c.send(1); s.y.value = 1; s.c.trySend(2);`, 's.c.receive(); s.y.value;'],
    [`${W} s.c.send(1); s.y.value = 1; s.c.send(2);`, 's.c.receive(); s.c.receive(); s.y.value;'],
  );
  pair(
    `by way of a third that sends too early; after (${holds})`,
    `${c}, d: channel(${capacity})`,
    [`${W} s.c.send(1);`, 's.d.send(1); s.c.receive();', `if (s.d.tryReceive() === 1) ${R}`],
    [`${W} s.c.send(1);`, 's.c.receive(); s.d.send(1);', `if (s.d.tryReceive() === 1) ${R}`],
  );
  // The receive comes before the end of the send that it makes room for, or meets.
  const sends = `for (let i = 0; i < ${capacity + 1}; i++) s.c.send(i);`;
  pair(
    `the sender reads what is written after it was received; before (${holds})`,
    c,
    [`${sends} ${R}`, `s.c.receive(); ${W}`],
    [`${sends} ${R}`, `${W} s.c.receive();`],
  );
}
over('the sender does not wait for the receiver; does', `${x}, c: channel(1)`, `${x}, c: channel()`, [
  `s.c.send(1); ${R}`,
  `${W} s.c.receive();`,
]);
over('two senders at a time; one', `${x}, c: mailbox(2)`, `${x}, c: mailbox(1)`, [
  `s.c.send(1); ${INC} s.c.receive();`,
  `s.c.send(2); ${INC} s.c.receive();`,
]);
pair(
  'a message of the other one; of the one that wrote',
  `${x}, d: direct(2)`,
  [`${W} s.d.send(2, 1);`, 's.d.send(2, 2);', `s.d.receiveFrom(1); ${R}`],
  [`${W} s.d.send(2, 1);`, 's.d.send(2, 2);', `s.d.receiveFrom(0); ${R}`],
);
pair(
  'a message of whoever comes first; of both',
  'x: int32Array(2), d: direct(2)',
  ['s.x[0] = 1; s.d.send(2, 1);', 's.x[1] = 1; s.d.send(2, 2);', 's.d.receive(); s.x[0]; s.x[1];'],
  [
    's.x[0] = 1; s.d.send(2, 1);',
    's.x[1] = 1; s.d.send(2, 2);',
    'const [from] = s.d.receive(); s.x[from]; s.d.receive(); s.x[1 - from];',
  ],
);

const flag = `${x}, f: atomicInt32()`;
const spins = 'while (s.f.load() === 0) me.think();';
pairs.push({
  name: 'a flag that is a cell; that is atomic',
  racy: {
    share: `${x}, f: bool()`,
    processes: [`${W} s.f.value = true;`, `while (!s.f.value) me.think(); ${R}`],
  },
  ordered: { share: flag, processes: [`${W} s.f.store(1);`, `${spins} ${R}`] },
});
pair(
  'stores before it writes; after',
  flag,
  [`s.f.store(1); ${W}`, `${spins} ${R}`],
  [`${W} s.f.store(1);`, `${spins} ${R}`],
);
pair(
  'adds before it writes; after',
  'x: int32Array(2), f: atomicInt32()',
  ['s.f.add(1); s.x[0] = 1; s.x[1];', 's.f.add(1); s.x[1] = 1; s.x[0];'],
  ['s.x[0] = 1; if (s.f.add(1) === 1) s.x[1];', 's.x[1] = 1; if (s.f.add(1) === 1) s.x[0];'],
);
const spinning = (take: string, inside: string): string => `while (${take}) me.think(); ${inside}`;
pair(
  'lets a lock of exchanges go too early; after',
  flag,
  [
    spinning('s.f.exchange(1) === 1', `s.f.store(0); ${INC}`),
    spinning('s.f.exchange(1) === 1', `s.f.store(0); ${INC}`),
  ],
  [
    spinning('s.f.exchange(1) === 1', `${INC} s.f.store(0);`),
    spinning('s.f.exchange(1) === 1', `${INC} s.f.store(0);`),
  ],
);
pair(
  'compareAndSet fails; is tried again',
  flag,
  [`s.f.compareAndSet(0, 1); ${INC}`, `s.f.compareAndSet(0, 1); ${INC}`],
  [
    spinning('!s.f.compareAndSet(0, 1)', `${INC} s.f.store(0);`),
    spinning('!s.f.compareAndSet(0, 1)', `${INC} s.f.store(0);`),
  ],
);
const third = `if (s.f.load() === 2) ${R}`;
pair(
  'a second store hides the first one; compareAndSet hands it on',
  flag,
  [`${W} s.f.store(1);`, 's.f.store(2);', third],
  [`${W} s.f.store(1);`, 's.f.compareAndSet(1, 2);', third],
);

const peterson = (mine: string, its: string, me: number, get: string, put: (v: number) => string): string =>
  `s.${mine}.${put(1)}; s.turn.${put(1 - me)}; while (s.${its}.${get} === 1 && s.turn.${get} === ${1 - me}) me.think(); ${INC} s.${mine}.${put(0)};`;
const cells = (v: number): string => `value = ${v}`;
const atomics = (v: number): string => `store(${v})`;
pairs.push({
  name: "Peterson's lock of cells; of atomics",
  racy: {
    share: `${x}, a: int32(), b: int32(), turn: int32()`,
    processes: [peterson('a', 'b', 0, 'value', cells), peterson('b', 'a', 1, 'value', cells)],
  },
  ordered: {
    share: `${x}, a: atomicInt32(), b: atomicInt32(), turn: atomicInt32()`,
    processes: [peterson('a', 'b', 0, 'load()', atomics), peterson('b', 'a', 1, 'load()', atomics)],
  },
});
const once = (seen: string, done: string): string =>
  `if (${seen}) { s.l.lock(); if (${seen}) { ${W} ${done} } s.l.unlock(); } ${R}`;
pairs.push({
  name: 'made once, checked in a cell; in an atomic',
  racy: {
    share: `${x}, l: mutex(), f: bool()`,
    processes: Array(2).fill(once('!s.f.value', 's.f.value = true;')),
  },
  ordered: {
    share: `${x}, l: mutex(), f: atomicInt32()`,
    processes: Array(2).fill(once('s.f.load() === 0', 's.f.store(1);')),
  },
});

export const racePairs: readonly Pair[] = pairs;
