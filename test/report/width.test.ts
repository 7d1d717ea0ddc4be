import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../harness/report/clean.ts';
import { clip, pad, width } from '../../harness/report/width.ts';
import { indented, wrap } from '../../harness/report/wrap.ts';

const text = fc
  .oneof(
    fc.lorem({ maxCount: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: 'binary' }),
  )
  .map(cleanLine);

describe('the width of a text', () => {
  it.each([
    ['forks[1].lock()', 15],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['哲学者', 6],
    ['👩‍💻 ok', 5],
    ['✗ → │', 5],
    ['', 0],
  ])('of %o is %i columns', (given, columns) => {
    expect(width(given)).toBe(columns);
  });
  it('is what padding fills, and what clipping keeps to', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (given, columns) => {
        expect(width(clip(given, columns))).toBeLessThanOrEqual(columns);
        expect(width(pad(given, 400))).toBe(Math.max(400, width(given)));
      }),
    );
  });
});

describe('wrapping', () => {
  it('keeps to the columns and loses no character but blanks', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (given, columns) => {
        const lines = wrap(given, columns);
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(given.replaceAll(/\s/g, ''));
      }),
    );
  });
  it('breaks between words where that is possible', () => {
    expect(wrap('who waits for what', 9)).toEqual(['who waits', 'for what']);
    expect(wrap('a verylongword b', 6)).toEqual(['a', 'verylo', 'ngword', 'b']);
  });
  it('keeps line breaks and indents every line but empty ones', () => {
    expect(indented('one\n\ntwo', 2, 20)).toEqual(['  one', '', '  two']);
  });
});
