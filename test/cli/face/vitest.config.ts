import { defineConfig } from 'vitest/config';

// The tests that a student's repository would have, with an engine made by hand: run by ../vitest.test.ts.
export default defineConfig({ test: { root: import.meta.dirname, include: ['*.face.ts'] } });
