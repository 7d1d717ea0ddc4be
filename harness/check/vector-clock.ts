// Vector clocks lie side by side in typed arrays, so that following a run allocates nothing. A clock has one number
// a process: how much of that process one knows.

/** Makes the clock at `to` learn what the one at `from` knows. */
export function join(a: Int32Array, to: number, b: Int32Array, from: number, length: number): void {
  for (let i = 0; i < length; i++) if (b[from + i] > a[to + i]) a[to + i] = b[from + i];
}

/** Makes the clock at `to` know what the one at `from` knows, and nothing else. */
export function assign(a: Int32Array, to: number, b: Int32Array, from: number, length: number): void {
  for (let i = 0; i < length; i++) a[to + i] = b[from + i];
}
