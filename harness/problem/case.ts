// Cases: concrete choices of a problem's parameters.
import { BadInput } from './bad-input.ts';
import type { AnyProblem, Case } from './problem.ts';

/** How many processes play the case. */
export const processesOf = (problem: AnyProblem, c: Case): number =>
  Object.values(problem.roles).reduce((sum, count) => sum + count(c), 0);

/** How much there is to explore in a case, roughly: processes, then work. Smaller cases come first. */
export function sizeOf(problem: AnyProblem, c: Case): number {
  const work = Object.values(c).reduce((product, value) => product * value, 1);
  return processesOf(problem, c) * 1000 + work;
}

/** All sensible cases of controlled runs, the smallest first. */
export function casesOf(problem: AnyProblem): Case[] {
  let cases: Case[] = [{}];
  for (const [name, { least, most }] of Object.entries(problem.parameters)) {
    cases = cases.flatMap((c) =>
      Array.from({ length: most - least + 1 }, (_, i) => ({ ...c, [name]: least + i })),
    );
  }
  return cases
    .filter((c) => problem.sensible?.(c) ?? true)
    .map((c) => ({ c, size: sizeOf(problem, c) }))
    .sort((a, b) => a.size - b.size)
    .map(({ c }) => c);
}

/**
 * The case that `json` stands for. Throws BadInput, naming the value that is wrong.
 * @param options.free whether the larger values of free runs are allowed
 */
export function parseCase(problem: AnyProblem, json: string, options: { free?: boolean } = {}): Case {
  const names = Object.keys(problem.parameters);
  const example = JSON.stringify(casesOf(problem)[0]);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new BadInput(`the case '${json}' is not JSON. Write it like '${example}', in single quotes.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadInput(`the case '${json}' is not an object. Write it like '${example}'.`);
  }
  const c: Record<string, number> = {};
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given)) {
    if (!names.includes(key)) {
      throw new BadInput(
        `the case has no parameter '${key}'; ${problem.id} has ${names.map((n) => `'${n}'`).join(', ')}.`,
      );
    }
  }
  for (const name of names) {
    const { least, most, free } = problem.parameters[name];
    const limit = options.free ? free : most;
    const v = given[name];
    if (v === undefined)
      throw new BadInput(`the case '${json}' lacks '${name}'. Write it like '${example}'.`);
    if (typeof v !== 'number' || !Number.isInteger(v) || v < least || v > limit) {
      throw new BadInput(
        `the case has ${name} = ${JSON.stringify(v)}; it must be a whole number from ${least} to ${limit}.`,
      );
    }
    c[name] = v;
  }
  if (problem.sensible && !problem.sensible(c)) {
    throw new BadInput(`the case '${json}' makes no sense in ${problem.id}: see its README for which do.`);
  }
  return c;
}
