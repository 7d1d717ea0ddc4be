// The C library, opened once. Only this folder imports koffi.
import koffi from 'koffi';

let library: ReturnType<typeof koffi.load> | undefined;
const tried: string[] = [];

/** The C library: glibc's name first, then musl's. Throws where neither is there. */
export function libc(): ReturnType<typeof koffi.load> {
  if (library) return library;
  for (const name of ['libc.so.6', 'libc.musl-x86_64.so.1', 'libc.musl-aarch64.so.1', 'libc.so']) {
    try {
      library = koffi.load(name);
      return library;
    } catch (e) {
      tried.push(`${name}: ${(e as Error).message}`);
    }
  }
  throw new Error(`no C library could be opened. Tried ${tried.join('; ')}`);
}

const functions = new Map<string, (...args: unknown[]) => unknown>();

/** The function of the C library with this prototype: `int close(int fd)`. Made once, which takes some 0.1 ms. */
export function inC(prototype: string): (...args: unknown[]) => unknown {
  let call = functions.get(prototype);
  if (call === undefined) {
    call = libc().func(prototype);
    functions.set(prototype, call);
  }
  return call;
}

/** The `errno` of the last call. */
export const errno = (): number => koffi.errno();

/** The name of an error number (`ENOMEM`), or the number. */
export function errorName(code: number): string {
  for (const [name, value] of Object.entries(koffi.os.errno)) if (value === code) return name;
  return `errno ${code}`;
}

/** A failed call of the system: says which, with what, and why. */
export class SystemCallError extends Error {
  override readonly name = 'SystemCallError';
  constructor(call: string, code = errno()) {
    super(`${call} failed: ${errorName(code)}`);
  }
}
