import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^interleave$/, replacement: here('harness/index.ts') },
      { find: /^interleave\/problems\/([^/]+)$/, replacement: here('problems/$1/problem.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    // Workers die with the thread that started them, so each file has a process of its own, not a thread.
    pool: 'forks',
    // A file of the engine leads a team of its own on one processor; more files than processors gain nothing.
    maxWorkers: 2,
    // A team blocks the thread while it plays, and the machine may be busy: these find what hangs, nothing else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
