// The self-test of the machine, once for each Node and build: what it showed is remembered beside the compiled lab.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder } from '../problem/built.ts';
import { selfTest } from './self-test.ts';

/** Throws where atomics or wake-ups do not work between processes: no verdict of this machine could be trusted. */
export async function proven(): Promise<void> {
  const mark = join(await builtFolder(), `self-tested-${process.version}-${process.arch}`);
  if (existsSync(mark)) return;
  await selfTest();
  try {
    writeFileSync(mark, '');
  } catch {
    // A read-only installation: it is tried again next time.
  }
}
