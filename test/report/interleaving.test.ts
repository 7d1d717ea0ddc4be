import { describe, expect, it } from 'vitest';
import { interleaving } from '../../harness/report/interleaving.ts';
import * as made from './made.ts';

const run = (count: number, lines = 1) => ({
  players: made.players(count),
  trace: Array.from({ length: count * lines }, (_, i) =>
    made.lockStep(i + 1, i % count, 4, `forks[${i % count}].lock()`),
  ),
  waiting: [],
  steps: count * lines,
  switches: 0,
});
const text = (count: number, width: number, lines = 1) =>
  interleaving(run(count, lines), undefined, made.paper(width), false).join('\n');

describe('an interleaving', () => {
  it.each([
    [3, 80],
    [4, 110],
    [6, 160],
  ])('has %i columns on a page of %i', (count, width) => {
    const head = text(count, width).split('\n')[0];
    expect(head.split('│')).toHaveLength(count);
  });
  it.each([
    [4, 80],
    [7, 120],
    [2, 50],
  ])('of %i processes is a list on a page of %i, with the name of each', (count, width) => {
    const lines = text(count, width).split('\n');
    expect(lines[0]).toContain('process');
    expect(lines.join('\n')).not.toContain('│');
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {5}2 {2}b {2}philosopher 1 {2,}4 forks\[me\.left\]\.lock\(\);/),
    );
  });
  it('leaves out the column of a process that took no step, and says so', () => {
    const five = { ...run(2), players: made.players(5) };
    const lines = interleaving(five, undefined, made.paper(), false);
    expect(lines[0].split('│')).toHaveLength(2);
    expect(lines.join('\n').replace(/\s+/g, ' ')).toContain(
      'Without a step: philosopher 2, philosopher 3 and philosopher 4.',
    );
  });
  it('shows a line once where the same process goes on with it, and again after another one came between', () => {
    const trace = [
      { ...made.lockStep(1, 0, 3, 'reads count = 0'), operation: 'read' },
      { ...made.lockStep(2, 0, 3, 'writes count = 1'), operation: 'write' },
      { ...made.lockStep(3, 1, 3, 'reads count = 1'), operation: 'read' },
      { ...made.lockStep(4, 0, 3, 'reads count = 1'), operation: 'read' },
    ];
    const lines = interleaving({ ...run(2), trace }, undefined, made.paper(120), false);
    expect(lines.filter((line) => line.includes('philosopher({ forks }, me) {'))).toHaveLength(3);
    expect(lines.filter((line) => line.includes('→'))).toHaveLength(4);
  });
  it('does not repeat a step that its line says already', () => {
    const trace = [made.lockStep(1, 0, 4, 'forks[me.left].lock()')];
    const lines = interleaving({ ...run(1), trace }, undefined, made.paper(), false);
    expect(lines.join('\n')).not.toContain('→');
    const counted = [made.lockStep(1, 0, 4, 'forks[me.left].lock() (1 → 0)')];
    expect(interleaving({ ...run(1), trace: counted }, undefined, made.paper(), false)).toContain(
      '     1  4 forks[me.left].lock();  → (1 → 0)',
    );
  });
  it('shows a very long line from near the place where the step is', () => {
    const long = `${'first(); '.repeat(40)}door.lock(); ${'last(); '.repeat(40)}`;
    const step = made.lockStep(1, 0, 1, 'door.lock()');
    const trace = [{ ...step, location: { ...step.location!, column: long.indexOf('door') + 1 } }];
    const lines = interleaving(
      { ...run(1), trace },
      undefined,
      { ...made.paper(), source: () => long },
      false,
    );
    expect(lines[2]).toMatch(/^ {5}1 {2}1 … first\(\);.* door\.lock\(\);/);
    expect(lines.join('\n')).toContain('last(); …');
    expect(lines).toHaveLength(2 + 3 + 1);
  });
  it('tells how many steps of whom are folded, unless every step is asked for', () => {
    expect(text(2, 80, 100)).toContain('⋮ 165 steps folded: 82 of philosopher 0 and 83 of philosopher 1');
    expect(interleaving(run(2, 100), undefined, made.paper(), true).join('\n')).not.toContain('folded');
  });
  it('shows steps without a line of the source by what they came to', () => {
    const { location: _, ...step } = made.lockStep(1, 0, 4, 'forks[0].lock()');
    expect(interleaving({ ...run(1), trace: [step] }, undefined, made.paper(), false).join('\n')).toMatch(
      / 1 {3}→ forks\[0\]\.lock\(\)/,
    );
  });
});
