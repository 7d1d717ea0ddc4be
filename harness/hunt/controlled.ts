// The controlled part of a check: hunts all cases, makes what it finds as small as it can, and asks for the
// concurrency that must be possible.
import type { Finding } from '../check/finding.ts';
import { messageOf } from '../check/message.ts';
import { playersOf } from '../check/words.ts';
import { casesOf, sizeOf } from '../problem/case.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Item, ItemResult } from './hunt.ts';
import { casesToHunt, itemsOf } from './plan.ts';
import { type Found, type Player, playItems } from './teams.ts';

export interface ControlledOptions {
  readonly schedules: number;
  readonly seed: number;
  readonly cases?: readonly Case[];
  /** Whether findings are shrunk, to smaller cases and simpler schedules. Default true. */
  readonly shrink?: boolean;
  readonly onItem: (result: ItemResult, item: Item) => void;
  readonly onShrinking?: (c: Case) => void;
  readonly enough: () => boolean;
}

/** What the hunt came to: a finding to be shown, one that is complete, or neither. */
export interface Hunted<P extends Player> {
  readonly found?: Found<P>;
  readonly finding?: Finding;
}

/** Schedules tried in each smaller case, once something is found. */
const SMALLER = 300;
/** Smaller cases tried. */
const SMALLER_CASES = 8;
/** Directed schedules without a witness, before a solution is called over-synchronised. */
const DIRECTED = 600;
/** For each witness, the cases in which it is asked for. */
const WITNESS_CASES = 3;

/** Hunts `problem`'s cases with `players`. */
export async function huntControlled<P extends Player>(
  players: readonly P[],
  problem: AnyProblem,
  options: ControlledOptions,
): Promise<Hunted<P>> {
  const { seed, schedules, onItem, enough } = options;
  const shrink = options.shrink ?? true;
  const cases = options.cases ?? casesToHunt(problem, seed);
  const seen = new Map<string, Set<string>>(cases.map((c) => [JSON.stringify(c), new Set()]));
  const note = (result: ItemResult, item: Item): void => {
    for (const witness of result.seen) seen.get(JSON.stringify(item.case))?.add(witness);
    onItem(result, item);
  };
  const items = itemsOf(problem, cases, schedules, seed).map((item) => ({ ...item, shrink }));
  const found = await playItems(players, items, note, enough);
  if (found) return { found: shrink ? await smallest(players, problem, found, options) : found };
  if (enough()) return {};

  for (const [sentence, witness] of Object.entries(problem.specification.witnesses ?? {})) {
    const asked = cases.filter((c) => witness.given?.(c) ?? true).slice(0, WITNESS_CASES);
    for (const c of asked) {
      if (seen.get(JSON.stringify(c))?.has(sentence)) continue;
      const directed: Item[] = Array.from({ length: 2 * players.length }, (_, i) => ({
        case: c,
        schedules: Math.ceil(DIRECTED / (2 * players.length)),
        seed: seed + i,
        strategies: 'parking',
        shrink,
      }));
      const other = await playItems(
        players,
        directed,
        note,
        () => seen.get(JSON.stringify(c))?.has(sentence) ?? false,
      );
      if (other) return { found: shrink ? await smallest(players, problem, other, options) : other };
      if (!seen.get(JSON.stringify(c))?.has(sentence))
        return { finding: overSynchronised(problem, c, sentence) };
    }
  }
  return {};
}

/** The same finding in the smallest case that shows it. */
async function smallest<P extends Player>(
  players: readonly P[],
  problem: AnyProblem,
  found: Found<P>,
  options: ControlledOptions,
): Promise<Found<P>> {
  const { failure } = found.result;
  if (failure === undefined) return found;
  const c = found.item.case;
  const smaller = casesOf(problem)
    .filter((d) => sizeOf(problem, d) < sizeOf(problem, c) && Object.keys(c).every((k) => d[k] <= c[k]))
    .slice(0, SMALLER_CASES);
  options.onShrinking?.(c);
  const items: Item[] = smaller.map((d) => ({
    case: d,
    schedules: SMALLER,
    seed: options.seed,
    key: failure.key,
  }));
  return (
    (await playItems(
      players,
      items,
      () => {},
      () => false,
    )) ?? found
  );
}

function overSynchronised(problem: AnyProblem, c: Case, sentence: string): Finding {
  const players = playersOf(problem, c);
  return {
    kind: 'over-synchronised',
    rule: sentence,
    message: messageOf(
      { kind: 'over-synchronised', rule: sentence },
      { problem, players, waiting: [], cycle: undefined, object: undefined, objectKind: undefined },
    ),
    case: c,
    schedule: null,
    mode: 'controlled',
    strategy: 'parking',
    players,
    steps: 0,
    switches: 0,
    trace: [],
    waiting: [],
  };
}
