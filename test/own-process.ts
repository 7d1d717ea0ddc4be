// TypeScript in a process of its own: where there is no way back, or the process is to die.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const home = fileURLToPath(new URL('..', import.meta.url));

/** Runs `code`, whose imports are as in a file at the top of the repository, and waits for its end. */
export function inOwnProcess(code: string): SpawnSyncReturns<string> {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: home, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['koffi', 'esbuild', 'vitest'],
    write: false,
  });
  return spawnSync(process.execPath, ['--input-type=module', '-e', outputFiles[0]!.text], {
    cwd: home,
    encoding: 'utf8',
  });
}
