import type { Family } from '../operator.ts';
import { calls } from './calls.ts';
import { control } from './control.ts';
import { forms } from './roles.ts';
import { sharing } from './sharing.ts';
import { timing } from './timing.ts';

/** Changes that keep a right solution right. */
export const preserving: readonly Family[] = [calls, control, forms, sharing, timing];
