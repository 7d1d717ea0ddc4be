// Who plays what in a run: the roles in order, and how many processes play each.

export type Cast = readonly (readonly [role: string, count: number])[];

/** Names of the processes, by number. */
export const namesOf = (cast: Cast): string[] =>
  cast.flatMap(([role, count]) =>
    Array.from({ length: count }, (_, n) => (count === 1 ? role : `${role} ${n}`)),
  );

/** The number of process `number` of a role. Throws RangeError where there is none. */
export function processOf(cast: Cast, role: string, number: number): number {
  let first = 0;
  for (let i = 0; i < cast.length; i++) {
    const [name, count] = cast[i];
    if (name === role && number >= 0 && number < count && Math.floor(number) === number)
      return first + number;
    first += count;
  }
  throw new RangeError(
    `process('${String(role)}', ${String(number)}): there is no such process. There are ${cast.map(([name, count]) => (count === 1 ? `'${name}'` : `'${name}', 0 to ${count - 1}`)).join('; ')}.`,
  );
}
