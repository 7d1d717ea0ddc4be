import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The tests that a student's repository would have, with an engine made by hand: run by ../vitest.test.ts.
export default defineConfig({
  // Not beside the tests, where nobody looks for it.
  cacheDir: join(tmpdir(), 'interleave-face'),
  test: { root: import.meta.dirname, include: ['*.face.ts'] },
});
