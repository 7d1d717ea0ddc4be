// The vitest face of a package that is compiled on demand: import { describeProblem } from 'interleave/vitest'.
import { pathToFileURL } from 'node:url';
import { built } from './build.js';

export const { describeProblem } = await import(pathToFileURL(`${await built()}/vitest.js`).href);
