/** The range of a parameter of a problem: whole numbers from `least` to `most`. */
export interface Parameter {
  readonly least: number;
  /** Largest value in controlled runs, where every schedule counts. */
  readonly most: number;
  /** Largest value in free runs. */
  readonly free: number;
}

/**
 * A parameter that takes whole numbers from `least` to `most`.
 * @param options.free the largest value in free runs. Default `most`.
 */
export function between(least: number, most: number, options: { free?: number } = {}): Parameter {
  return { least, most, free: options.free ?? most };
}

/** One concrete choice of parameters. */
export type CaseOf<P extends Readonly<Record<string, Parameter>>> = { readonly [K in keyof P]: number };
