// Litmus tests: what a few processes write and read, and what they may be told. A machine of its own says what x86-TSO
// allows: that of Sewell et al., "x86-TSO", CACM 53(7), 2010, with whole states instead of steps and traces.

/** `x` writes 1 to x, `x2` writes 2, `rx` reads it, `f` is a fence. Variables are x and y. */
export type Line = string;
export type Litmus = readonly (readonly Line[])[];

export interface Move {
  readonly does: 'write' | 'read' | 'fence';
  readonly variable: number;
  readonly value: number;
}

export const moveOf = (line: Line): Move => {
  const [, reads, variable, value] = /^(r?)([xyf])(\d?)$/.exec(line) as RegExpExecArray;
  if (variable === 'f') return { does: 'fence', variable: -1, value: 0 };
  const v = variable === 'x' ? 0 : 1;
  return { does: reads ? 'read' : 'write', variable: v, value: value === '' ? 1 : Number(value) };
};

interface State {
  readonly at: readonly number[];
  readonly memory: readonly number[];
  readonly buffers: readonly (readonly (readonly [number, number])[])[];
  readonly told: readonly (readonly number[])[];
}

const changed = <T>(list: readonly T[], at: number, to: T): T[] =>
  list.map((one, i) => (i === at ? to : one));

/** What each process may be told, and what is left in x and y: `1 0 | 0 | x=1 y=1`. */
export const outcomeOf = (told: readonly (readonly number[])[], memory: readonly number[]): string =>
  `${told.map((own) => own.join(' ')).join(' | ')} | x=${memory[0]} y=${memory[1]}`;

/** Every outcome that the machine allows; without buffers a write is in memory at once. */
export function allowed(litmus: Litmus, buffered: boolean): Set<string> {
  const moves = litmus.map((lines) => lines.map(moveOf));
  const start: State = {
    at: litmus.map(() => 0),
    memory: [0, 0],
    buffers: litmus.map(() => []),
    told: litmus.map(() => []),
  };
  const outcomes = new Set<string>();
  const seen = new Set<string>();
  const open = [start];
  for (let s = open.pop(); s !== undefined; s = open.pop()) {
    const key = JSON.stringify(s);
    if (seen.has(key)) continue;
    seen.add(key);
    let ended = true;
    for (const [p, own] of moves.entries()) {
      const [first, ...rest] = s.buffers[p];
      if (first !== undefined) {
        ended = false;
        const [variable, value] = first;
        open.push({ ...s, memory: changed(s.memory, variable, value), buffers: changed(s.buffers, p, rest) });
      }
      const move = own[s.at[p]];
      if (move === undefined) continue;
      ended = false;
      const { does, variable, value } = move;
      const next = { ...s, at: changed(s.at, p, s.at[p] + 1) };
      if (does === 'read') {
        const last = s.buffers[p].findLast(([v]) => v === variable);
        open.push({ ...next, told: changed(s.told, p, [...s.told[p], last?.[1] ?? s.memory[variable]]) });
      } else if (does === 'fence') {
        if (s.buffers[p].length === 0) open.push(next);
      } else if (buffered) {
        open.push({ ...next, buffers: changed(s.buffers, p, [...s.buffers[p], [variable, value] as const]) });
      } else open.push({ ...next, memory: changed(s.memory, variable, value) });
    }
    if (ended) outcomes.add(outcomeOf(s.told, s.memory));
  }
  return outcomes;
}
