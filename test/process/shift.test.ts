import { closeSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tryShiftIn, WebAssembly } from '../../harness/process/shift.ts';
import { createSegment, openSegment } from '../../harness/shared/segment.ts';

const BYTES = 3 * 4096;
const fd = createSegment(BYTES);
const { words } = openSegment(fd, BYTES);
const tryShift = tryShiftIn(fd, BYTES, WebAssembly.Instance);
afterAll(() => closeSync(fd));

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const small = fc.integer({ min: -3, max: 3 });

describe('a shift of a word', () => {
  it('adds where the word is within bounds, changes nothing where it is not, and tells the word behind it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: BYTES / 4 - 2 }),
        fc.oneof(small, word),
        fc.nat(1000),
        fc.oneof(small, word),
        fc.oneof(small, word),
        fc.oneof(small, word),
        (at, before, behind, least, most, by) => {
          words.fill(7);
          words[at] = before;
          words[at + 1] = behind;
          const within = before >= least && before <= most;
          const expected = words.slice();
          if (within) expected[at] += by;
          expect(tryShift(at, least, most, by)).toBe(within ? behind : -1);
          expect(words).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
