// Errors of the system as student code meets them: with the name that the manual pages use.
import { errorName } from '../shared/error-names.ts';

/** A call of the system failed. `code` is the name of the error: `EPIPE`. */
export class IpcError extends Error {
  override readonly name = 'IpcError';
  readonly code: string;
  constructor(call: string, errno: number, means = '') {
    const code = errorName(errno);
    super(`${call} failed: ${code}${means === '' ? '' : `, ${means}`}`);
    this.code = code;
  }
}
