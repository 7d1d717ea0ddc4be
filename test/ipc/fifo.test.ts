import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FIFO_FOLDER } from '../../harness/os/fifo.ts';
import { Ending } from '../../harness/process/control.ts';
import { inOwnProcess } from '../own-process.ts';
import { Stage } from './stage.ts';

const stage = new Stage('fifo');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

/** All but the last process write their number so many times; the last one tells what it reads, and -1 at the end. */
const log = (times: number): string => `
  const { f } = shared;
  if (me.number > 0) {
    const writer = f.openWriter();
    for (let i = 0; i < ${times}; i++) writer.write(me.number);
    writer.close();
  } else {
    const reader = f.openReader();
    for (let n = reader.readInt32(); n !== undefined; n = reader.readInt32()) me.tell(n);
    me.tell(-1);
  }`;

describe('a FIFO', () => {
  it('carries what one process writes to another one, whoever opens it first', async () => {
    await stage.load('{ f: fifo() }', log(3));
    for (const run of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free(1), stage.free(2)]) {
      expect(run.outcome.ending).toBe(Ending.FINISHED);
      expect(run.told[0]).toEqual([1, 1, 1, -1]);
    }
  });

  it('ends for its reader when the first writer has gone, though a second one will come', async () => {
    await stage.load('{ f: fifo() }', log(1), 3);
    const seen = new Set<string>();
    for (let seed = 0; seed < 400; seed++) {
      const { told, outcome } = stage.controlled(seed);
      seen.add(`${told[0].join()} ${outcome.ending}`);
    }
    expect(seen).toContain(`1,2,-1 ${Ending.FINISHED}`);
    // The second writer came before the reader closed, and wrote to nobody; or it waits for a reader to come.
    expect(seen).toContain(`1,-1 ${Ending.FINISHED}`);
    expect(seen).toContain(`1,-1 ${Ending.DEADLOCK}`);
  });

  it('can be opened again by both, and is a new stream then: what was not read is lost', async () => {
    await stage.load(
      '{ f: fifo(), written: semaphore(0), closed: semaphore(0) }',
      `const { f, written, closed } = shared;
       if (me.number === 0) {
         const r = f.openReader(); written.wait(); r.close(); closed.post();
         me.tell(f.openReader().readInt32());
       } else {
         const w = f.openWriter(); w.write(1); w.close(); written.post(); closed.wait();
         f.openWriter().write(2);
       }`,
    );
    for (const seed of SEEDS) expect(stage.controlled(seed).told[0]).toEqual([2]);
    expect(stage.free().told[0]).toEqual([2]);
  });

  it('gives the same run again by the same schedule, waits included', async () => {
    await stage.load('{ f: fifo() }', log(2), 3);
    let waits = 0;
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      waits += stage.waits(run);
      expect(stage.replayed(run), `seed ${seed}`).toBeUndefined();
    }
    expect(waits).toBeGreaterThan(20);
  });

  it('says in its steps who waits for whom', async () => {
    await stage.load('{ f: fifo() }', log(1));
    expect(stage.steps('v1 a1 b3')).toEqual([
      'a: f.openReader() waits for a writer',
      'b: f.openWriter()',
      'b: f.writer.write(4 bytes)',
      'b: f.writer.close()',
      'a: f.openReader() goes on: a writer has come',
      'a: f.reader.read(4) → 4 bytes',
      'a: tells 1',
      'a: f.reader.read(4) → the end',
      'a: tells -1',
      'a: f.reader.close()',
    ]);
    expect(stage.steps('v1 b1 a1 b1').slice(0, 3)).toEqual([
      'b: f.openWriter() waits for a reader',
      'a: f.openReader()',
      'b: f.openWriter() goes on: a reader has come',
    ]);
  });

  it('that all open at the same end is waited for for ever: deadlock, and the team plays on', async () => {
    for (const end of ['openReader', 'openWriter']) {
      await stage.load('{ f: fifo() }', `shared.f.${end}();`);
      for (const run of [stage.controlled(1), stage.free()]) {
        expect(run.judgement).toMatchObject({ kind: 'deadlock' });
      }
      await stage.ready();
    }
    await stage.load('{ f: fifo() }', log(1));
    expect(stage.free().told[0]).toEqual([1, -1]);
  });

  it('is full at its capacity, and breaks for its writer when the reader has closed', async () => {
    await stage.load(
      '{ f: fifo({ capacity: 4096 }) }',
      `const { f } = shared;
       if (me.number === 0) { const r = f.openReader(); me.tell(r.read(100).length); r.close(); return; }
       const w = f.openWriter();
       try { for (;;) { w.write(new Uint8Array(4096)); me.tell(1); } } catch (e) { me.tell(e.code === 'EPIPE' ? 32 : 0); }`,
    );
    for (const seed of SEEDS) expect(stage.controlled(seed).told).toEqual([[100], [1, 32]]);
    expect(stage.free().told).toEqual([[100], [1, 32]]);
  });

  it('is an order for what a process did before: no race', async () => {
    await stage.load(
      '{ f: fifo(), n: int32(0) }',
      'if (me.number === 0) { shared.n.value = 7; shared.f.openReader(); } else { shared.f.openWriter(); me.tell(shared.n.value); }',
    );
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      expect(run.judgement).toBeUndefined();
      expect(run.told[1]).toEqual([7]);
    }
  });

  it('leaves no descriptor and no name behind, however a run ended', async () => {
    const before = stage.openFiles().map((files) => files.filter((f) => f.includes('fifo')));
    const ends = {
      well: log(1),
      stuck: 'shared.f.openReader(); shared.g.openReader();',
      crash:
        "if (me.number === 1) { shared.f.openWriter(); throw new Error('mine'); } shared.f.openReader().read(1);",
      twice: 'const e = me.number ? shared.f.openReader() : shared.f.openWriter(); e.close(); e.close();',
    };
    for (const [how, worker] of Object.entries(ends)) {
      await stage.load('{ f: fifo(), g: fifo() }', worker);
      for (const seed of SEEDS.slice(0, 20)) stage.controlled(seed);
      expect(
        stage.openFiles().map((files) => files.filter((f) => f.includes('fifo'))),
        how,
      ).toEqual(before);
    }
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`${FIFO_FOLDER}${process.pid}-`))).toEqual(
      [],
    );
  });
});

describe('a FIFO whose writer is killed', () => {
  it('ends for its reader, and the dead is no writer for those who open it later', async () => {
    const mortal = new Stage('fifo', { besides: 'faults: { kills: 1 },' });
    try {
      await mortal.load('{ f: fifo() }', log(1));
      expect(mortal.steps('v1 a1 b1 d2')).toEqual([
        'a: f.openReader() waits for a writer',
        'b: f.openWriter()',
        'd: is killed (SIGKILL) before f.writer.write()',
        'd: f: what it had open is closed',
        'a: f.openReader() goes on: a writer has come',
        'a: f.reader.read(4) → the end',
        'a: tells -1',
        'a: f.reader.close()',
      ]);
      expect(mortal.steps('v1 b1 d2').slice(0, 4)).toEqual([
        'b: f.openWriter() waits for a reader',
        'd: is killed (SIGKILL) before f.openWriter()',
        'd: f: what it had open is closed',
        'a: f.openReader() waits for a writer',
      ]);
    } finally {
      await mortal.close();
    }
  });
});

describe('a confined process', () => {
  // There is no way back.
  const tried = (script: string): string => inOwnProcess(script).stdout.trim();

  it('opens nothing but what it has open, by the one name, and can put no other name there', () => {
    const script = `
      import { closeSync, openSync } from 'node:fs';
      import { confine } from './harness/os/confine.ts';
      import { createFifo } from './harness/os/fifo.ts';
      import { errno, errorName, inC } from './harness/os/libc.ts';
      import { allowReopening, NAME_ADDRESS, reopen } from './harness/os/reopen.ts';
      const fifo = createFifo();
      allowReopening(1);
      const named = inC('int openat(int folder, const char *name, int flags)');
      const at = inC('int openat(int folder, size_t name, int flags)');
      const map = inC('intptr_t mmap(intptr_t at, size_t length, int prot, int flags, int fd, long offset)');
      const unmap = inC('int munmap(size_t at, size_t length)');
      const protect = inC('int mprotect(size_t at, size_t length, int prot)');
      const move = inC('intptr_t mremap(size_t at, size_t length, size_t to, int flags, intptr_t there)');
      const other = Number(map(0, 8192, 3, 0x22, -1, 0));
      if (!confine()) { console.log('no filter'); process.exit(); }
      const failed = (result) => (Number(result) < 0 ? errorName(errno()) : 'done');
      const found = {
        reopen: reopen(fifo, 0o4000) >= 0,
        open: failed(named(-100, '/etc/passwd', 0)),
        same: failed(named(-100, '/proc/self/fd/0', 0)),
        next: failed(at(-100, NAME_ADDRESS + 1, 0)),
        map: failed(map(NAME_ADDRESS, 4096, 3, 0x32, -1, 0)),
        below: failed(map(NAME_ADDRESS - 4096, 8192, 3, 0x32, -1, 0)),
        unmap: failed(unmap(NAME_ADDRESS, 4096)),
        from: failed(unmap(0, 2 ** 30)),
        protect: failed(protect(NAME_ADDRESS, 4096, 3)),
        move: failed(move(NAME_ADDRESS, 4096, 8192, 1, 0)),
        over: failed(move(other, 4096, 4096, 3, NAME_ADDRESS)),
        elsewhere: failed(map(0, 4096, 3, 0x22, -1, 0)),
        again: reopen(fifo, 0o4000) >= 0,
      };
      console.log(JSON.stringify(found));
    `;
    const said = tried(script);
    if (said === 'no filter') return;
    expect(JSON.parse(said)).toEqual({
      reopen: true,
      open: 'EPERM',
      same: 'EPERM',
      next: 'EPERM',
      map: 'EPERM',
      below: 'EPERM',
      unmap: 'EPERM',
      from: 'EPERM',
      protect: 'EACCES',
      move: 'EPERM',
      over: 'EPERM',
      elsewhere: 'done',
      again: true,
    });
  });
});
