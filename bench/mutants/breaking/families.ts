import type { Family } from '../operator.ts';
import { leavingOut } from './leaving-out.ts';
import { moving } from './moving.ts';
import { objects } from './objects.ts';
import { oneLock } from './one-lock.ts';
import { values } from './values.ts';
import { waiting } from './waiting.ts';

/** Changes that mostly break a solution. */
export const breaking: readonly Family[] = [leavingOut, moving, waiting, values, objects, oneLock];
