// Memory without a name: an anonymous file that is passed on as an inherited descriptor. Nothing to leak, nothing
// to guess; it is gone with the last process that has it open (memfd_create(2)).
import { closeSync, ftruncateSync } from 'node:fs';
import { inC, SystemCallError } from './libc.ts';

const MFD_CLOEXEC = 1;

/** Creates an anonymous file of `bytes` bytes, all zero, and returns its descriptor. Throws SystemCallError. */
export function memfd(name: string, bytes: number): number {
  const create = inC('int memfd_create(const char *name, uint flags)');
  const fd = create(name, MFD_CLOEXEC) as number;
  if (fd < 0) throw new SystemCallError(`memfd_create('${name}')`);
  try {
    ftruncateSync(fd, bytes);
  } catch (e) {
    closeSync(fd);
    throw e;
  }
  return fd;
}
