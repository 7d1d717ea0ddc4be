// One run over every mechanism: ours, C's beside it, and Node's own messages.
import { BadInput } from '../problem/bad-input.ts';
import { nearest } from '../problem/nearest.ts';
import { peerInC } from './in-c.ts';
import { nodeMessages } from './node-messages.ts';
import { rows } from './rows.ts';
import { runRow } from './run-row.ts';
import type { Sample } from './samples.ts';

/** What was measured of one mechanism. */
export interface Compared {
  readonly name: string;
  readonly real: string;
  /** Empty where it could not be measured here: `lacks` says why. */
  readonly samples: readonly Sample[];
  readonly c?: readonly Sample[];
  readonly lacks?: string;
}

export interface Comparison {
  readonly rows: readonly Compared[];
  /** Why there is no C beside it; undefined where there is. */
  readonly noC?: string;
}

export interface CompareRequest {
  /** Names of rows. Default: all. */
  readonly only?: readonly string[];
  /** Of round trips, and of messages one way, for each size. */
  readonly milliseconds: number;
}

/** Node's own messages, which all others are compared with. */
export const NODE_MESSAGES = 'process.send';

/** Measures. `onRow` is told which mechanism comes next. Throws BadInput where there is no such row. */
export async function compare(
  { only, milliseconds }: CompareRequest,
  onRow: (name: string) => void = () => {},
): Promise<Comparison> {
  const names = [...rows.map(({ name }) => name), NODE_MESSAGES];
  for (const name of only ?? []) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    const next = meant === undefined ? `Known: ${names.join(', ')}.` : `Did you mean '${meant}'?`;
    throw new BadInput(`there is no mechanism '${name}' to compare. ${next}`);
  }
  const chosen = (name: string): boolean => only === undefined || only.includes(name);
  const c = await peerInC();
  try {
    const compared: Compared[] = [];
    for (const row of rows) {
      if (!chosen(row.name)) continue;
      const { name, real } = row;
      onRow(name);
      try {
        const samples = await runRow(row, milliseconds);
        const inC = typeof c === 'string' ? undefined : await c.measure(name, milliseconds);
        compared.push({ name, real, samples, ...(inC && { c: inC }) });
      } catch (e) {
        compared.push({ name, real, samples: [], lacks: (e as Error).message });
      }
    }
    if (chosen(NODE_MESSAGES)) {
      onRow(NODE_MESSAGES);
      const samples = await nodeMessages(milliseconds);
      compared.push({ name: NODE_MESSAGES, real: 'JSON over a socket pair', samples });
    }
    return { rows: compared, ...(typeof c === 'string' && { noC: c }) };
  } finally {
    if (typeof c !== 'string') await c.remove();
  }
}
