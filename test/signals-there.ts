import { closeSync } from 'node:fs';
import { signalDescriptor } from '../harness/os/signal.ts';

/** Whether this kernel lets workers signal each other: Linux 6.9. */
export const signalsAreThere: boolean = (() => {
  try {
    closeSync(signalDescriptor(process.pid) as number);
    return true;
  } catch {
    return false;
  }
})();
