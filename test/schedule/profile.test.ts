import { describe, expect, it } from 'vitest';
import { type Profile, profileOf } from '../../harness/schedule/profile.ts';

type Row = readonly [process: number, object: number, index: number, writes: boolean];

const of = (rows: readonly Row[], roles?: readonly number[]): Profile =>
  profileOf(
    {
      processes: 3,
      steps: rows.length,
      process: (n) => rows[n][0],
      object: (n) => rows[n][1],
      index: (n) => rows[n][2],
      writes: (n) => rows[n][3],
      synchronises: (n) => rows[n][3] && rows[n][1] >= 0,
    },
    roles,
  );

describe('the profile of a run', () => {
  it('counts the steps of each process, those about nothing shared included', () => {
    const rows: Row[] = [
      [0, -1, 0, true],
      [2, 5, 0, false],
      [0, 5, 0, true],
    ];
    expect(of(rows)).toMatchObject({ length: 3, steps: [2, 0, 1] });
  });
  it('holds an object contended only where several processes access it and one of them changes it', () => {
    const rows: Row[] = [
      [0, 1, 0, false],
      [1, 1, 0, false],
      [0, 2, 0, true],
      [0, 2, 0, true],
      [0, 3, 0, true],
      [2, 3, 0, false],
      [2, 3, 0, false],
      [1, -1, 0, true],
      [2, -1, 0, true],
    ];
    expect(of(rows).contended).toEqual([{ object: 3, index: 0, by: [1, 0, 2], accesses: 3 }]);
  });
  it('takes each element of an array for an object of its own', () => {
    const rows: Row[] = [
      [0, 4, 0, true],
      [1, 4, 1, true],
      [0, 4, 7, true],
      [1, 4, 7, true],
    ];
    expect(of(rows).contended).toEqual([{ object: 4, index: 7, by: [1, 1, 0], accesses: 2 }]);
  });
  it('begins a piece at the first step of a process, and at each that synchronises', () => {
    const rows: Row[] = [
      [0, -1, 0, true],
      [0, 5, 0, false],
      [0, 5, 0, true],
      [1, 5, 0, true],
      [0, 6, 0, true],
    ];
    expect(of(rows).pieces).toEqual([3, 1, 0]);
  });
  it('knows roles only where they are told', () => {
    expect(of([], [0, 0, 1]).roles).toEqual([0, 0, 1]);
    expect(of([])).not.toHaveProperty('roles');
  });
});
