// Where the compiled programs of the lab lie: beside this file when it is itself compiled, else made by bin/build.js.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
let folder: Promise<string> | undefined;

/** The folder that holds worker.cjs, referee.cjs, realm.js and problems/. */
export function builtFolder(): Promise<string> {
  folder ??= existsSync(join(here, 'realm.js'))
    ? Promise.resolve(here)
    : (import(join(here, '../../bin/build.js')) as Promise<{ built(): Promise<string> }>).then((b) =>
        b.built(),
      );
  return folder;
}
