import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { breaking } from '../bench/mutants/breaking/families.ts';
import { mutantsOf } from '../bench/mutants/mutant.ts';
import type { Family } from '../bench/mutants/operator.ts';
import { preserving } from '../bench/mutants/preserving/families.ts';
import { programOf } from '../bench/mutants/program.ts';
import { subjects } from '../bench/soak/subjects.ts';
import { home } from '../harness/problem/catalogue.ts';

const source = `import { int32, mutex, condition, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';
export default solve(problem, {
  share: (c) => ({ desk: mutex(), other: mutex(), free: condition(), readers: int32(), room: semaphore(c.readers) }),
  reader({ desk, free, readers }, me) {
    for (const visit of me.visits) {
      desk.lock();
      while (readers.value < 0) free.wait(desk);
      readers.value++;
      desk.unlock();
      me.read(visit);
    }
  },
  writer({ desk, free, room }, me) {
    for (const visit of me.visits) {
      room.wait();
      me.write(visit);
      if (visit > 1) free.broadcast();
      room.post();
    }
  },
});`;

/** The lines that an operator changes, without spaces at both ends: `before → after`. */
async function changes(families: readonly Family[], operator: string): Promise<string[]> {
  const program = await programOf(source);
  const lines = program.text.split('\n');
  return mutantsOf(program, families)
    .filter((m) => m.operator === operator)
    .map(({ text, line }) => {
      const changed = text.split('\n');
      const more = changed.length - lines.length;
      return `${lines[line - 1].trim()} → ${changed[line - 1 + Math.max(0, more)].trim()}`;
    });
}

describe('a breaking operator makes what it says:', () => {
  it.each([
    ['leave out a statement', 'readers.value++; → ;'],
    ['leave out a condition', 'if (visit > 1) free.broadcast(); → if (true) free.broadcast();'],
    [
      'leave out an argument',
      'while (readers.value < 0) free.wait(desk); → while (readers.value < 0) free.wait();',
    ],
    ['swap neighbours', 'me.write(visit); → if (visit > 1) free.broadcast();'],
    ['if for while', 'while (readers.value < 0) free.wait(desk); → if (readers.value < 0) free.wait(desk);'],
    ['give up', 'while (readers.value < 0) free.wait(desk); → if (readers.value < 0) return;'],
    ['signal for broadcast', 'if (visit > 1) free.broadcast(); → if (visit > 1) free.signal();'],
    ['twice', 'room.post(); → { room.post(); room.post(); }'],
    ['another constant', 'if (visit > 1) free.broadcast(); → if (visit > 2) free.broadcast();'],
    [
      'another comparison',
      'while (readers.value < 0) free.wait(desk); → while (readers.value <= 0) free.wait(desk);',
    ],
    ['negate', 'if (visit > 1) free.broadcast(); → if (!(visit > 1)) free.broadcast();'],
    ['another object', 'desk.lock(); → other.lock();'],
    [
      'another parameter',
      'share: (c) => ({ desk: mutex(), other: mutex(), free: condition(), readers: int32(), room: semaphore(c.readers) }), → share: (c) => ({ desk: mutex(), other: mutex(), free: condition(), readers: int32(), room: semaphore((c.readers - 1)) }),',
    ],
    ['early return', 'me.read(visit); → return;'],
    ['one lock around events', 'me.read(visit); → { one_.lock(); me.read(visit); one_.unlock(); }'],
  ])('%s', async (operator, change) => {
    expect(await changes(breaking, operator)).toContain(change);
  });
});

it('a breaking operator moves a statement out of its lock', async () => {
  const moved = mutantsOf(await programOf(source), breaking).filter(
    (m) => m.operator === 'move out of the lock',
  );
  const texts = moved.map((m) => m.text.replace(/\s+/g, ' '));
  const without = 'room.wait(); if (visit > 1) free.broadcast(); room.post(); me.write(visit);';
  expect(texts.some((text) => text.includes(without))).toBe(true);
});

describe('a preserving operator', () => {
  it('says the same in other words', async () => {
    const program = await programOf(source);
    const texts = new Map(
      mutantsOf(program, preserving).map((m) => [m.operator, m.text.replace(/\s+/g, ' ')]),
    );
    const all = (name: string, ...parts: string[]) => {
      for (const part of parts) expect(texts.get(name), name).toContain(part);
    };
    all('helper for calls', "do_(desk, 'lock');", "while (readers.value < 0) do_(free, 'wait', desk);");
    all('read, then write', '{ const was_ = readers.value; readers.value = was_ + 1; }');
    all('accessors', 'while (get_(readers) < 0)', '(set_(readers, get_(readers) + 1) - 1);');
    all('getters', 'new Cell_(readers).now++;');
    all('breaks', 'for (;;) { if (!(readers.value < 0)) break; free.wait(desk); }');
    all('finally unlock', 'desk.lock(); try {', '} finally { desk.unlock(); } me.read(visit);');
    all('fifo', "semaphore(c.readers, { strength: 'fifo' })");
    all('destructured world', 'const { visits: visits_, read: read_ } = me;', 'read_(visit);');
    all('renamed', 'desk_: mutex()', 'writer({ desk_: desk, free_: free, room_: room }, me)');
    all('other order', '{ room: semaphore(c.readers), readers: int32(), free');
    all('own mutex', 'const mine_ = own_[ids_.add(1)]; mine_.lock(); try {');
  });

  it('leaves out what has no place in a program', async () => {
    const program = await programOf(source);
    const operators = new Set(mutantsOf(program, preserving).map((m) => m.operator));
    expect(operators).not.toContain('thinks'); // readers do not think
    expect(operators).not.toContain('inner mutex'); // somebody waits on a condition with the only one
  });
});

describe('mutants of every reference', () => {
  it('are programs, and many', async () => {
    const references = (await subjects('producer-consumer')).filter((s) => s.declared.length === 0);
    for (const { file } of references) {
      const program = await programOf(readFileSync(join(home, file), 'utf8'));
      const mutants = mutantsOf(program, [...breaking, ...preserving]);
      expect(mutants.length, file).toBeGreaterThan(50);
      expect(new Set(mutants.map((m) => m.text)).size).toBe(mutants.length);
      for (const m of mutants.filter((_, i) => i % 10 === 0))
        expect(() => parse(m.text, { ecmaVersion: 'latest', sourceType: 'module' })).not.toThrow();
    }
  });
});
