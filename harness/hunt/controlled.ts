// The controlled part of a check: hunts all cases, makes what it finds as small as it can, and asks for the
// concurrency that must be possible.
import type { Finding } from '../check/finding.ts';
import { messageOf } from '../check/message.ts';
import { playersOf } from '../check/words.ts';
import { casesOf, sizeOf } from '../problem/case.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Item, ItemResult } from './item.ts';
import { casesToHunt, itemsOf } from './plan.ts';
import { type Found, type Player, playItems } from './teams.ts';

export interface ControlledOptions {
  readonly schedules: number;
  /** Whether all of them are played where there is no model. Default: some, since processes are slower. */
  readonly all?: boolean;
  readonly seed: number;
  readonly cases?: readonly Case[];
  /** Whether findings are shrunk, to smaller cases and simpler schedules. Default true. */
  readonly shrink?: boolean;
  /** Called as results come in, for progress. */
  readonly onItem: (result: ItemResult, item: Item) => void;
  /** Called for the results that count, in order. */
  readonly onResult?: (result: ItemResult, item: Item) => void;
  readonly onShrinking?: (c: Case) => void;
  readonly enough: () => boolean;
}

/** What the hunt came to: a finding to be shown, one that is complete, or neither. */
export interface Hunted<P extends Player> {
  readonly found?: Found<P>;
  readonly finding?: Finding;
}

/** Of the schedules of a hunt, those that processes play where there is no model: they are slower. */
const ALONE = 1 / 4;
/** Cases of which every run is played, if it takes no more than so many of the schedules: the smallest. */
const PROVED_CASES = 6;
const PROOF_SHARE = 1 / 16;
/** As many more, as long as all were proved and that took no more than so many of the schedules. */
const PROOFS_SHARE = 1 / 16;
/** Schedules tried in each smaller case, once something is found. */
const SMALLER = 1_200;
/** Of the cases below one that shows a finding, the smallest that are tried, besides those one step below. */
const SMALLER_CASES = 6;
/** How often the search goes on from a smaller case that it found. */
const ROUNDS = 4;
/** Directed schedules without a witness, before a solution is called over-synchronised. */
const DIRECTED = 2_400;
/** The same for a case of which every run was played: only to make sure. */
const DIRECTED_AGAIN = 240;
/** In so many items; the same for any number of teams, so that the verdict is. */
const DIRECTED_ITEMS = 4;
/** For each witness, the smallest cases in which it is asked for; it is asked in the largest one too. */
const WITNESS_CASES = 3;

/** Hunts `problem`'s cases with `players`. */
export async function huntControlled<P extends Player>(
  players: readonly P[],
  problem: AnyProblem,
  options: ControlledOptions,
): Promise<Hunted<P>> {
  const { seed, schedules, onItem, enough } = options;
  const shrink = options.shrink ?? true;
  const hunted = options.cases?.map((c) => ({ case: c, thorough: true })) ?? casesToHunt(problem, seed);
  const cases = hunted.map((h) => h.case);
  const seen = new Map<string, Set<string>>(cases.map((c) => [JSON.stringify(c), new Set()]));
  const note = (result: ItemResult, item: Item): void => {
    for (const witness of result.seen) seen.get(JSON.stringify(item.case))?.add(witness);
    onItem(result, item);
  };
  const count = (results: readonly (readonly [Item, ItemResult])[]): void => {
    for (const [item, result] of results) options.onResult?.(result, item);
  };
  const alone = options.all ? 1 : ALONE;
  const play = async (items: readonly Item[]): Promise<Awaited<ReturnType<typeof playItems<P>>>> => {
    const played = await playItems(
      players,
      items.map((item) => ({ ...item, shrink, alone: Math.ceil(item.schedules * alone) })),
      note,
      enough,
    );
    count(played.results);
    return played;
  };
  const results: (readonly [Item, ItemResult])[] = [];
  // Where every trace was played, more schedules tell little: other cases have more need of them.
  const proved = new Set<Case>();
  let found: Found<P> | undefined;
  for (let tried = 0, runs = 0; found === undefined && tried === proved.size; tried += PROVED_CASES) {
    const some = cases.slice(tried, tried + PROVED_CASES);
    if (some.length === 0 || runs > schedules * PROOFS_SHARE || enough()) break;
    const prove = Math.ceil(schedules * PROOF_SHARE);
    const proofs = await play(some.map((c) => ({ case: c, schedules: 0, seed, prove })));
    results.push(...proofs.results);
    found = proofs.found;
    for (const [item, { proof, schedules: played }] of proofs.results) {
      runs += played;
      if (proof?.part === 1) proved.add(item.case);
    }
  }
  if (found === undefined) {
    const rest = hunted.map((h) => ({ ...h, thorough: h.thorough && !proved.has(h.case) }));
    const played = await play(itemsOf(problem, rest, schedules, seed));
    results.push(...played.results);
    found = played.found;
  }
  if (found) return { found: shrink ? await smallest(players, problem, found, options) : found };
  const race = await firstRace(players, results, shrink);
  if (race) return { found: shrink ? await smallest(players, problem, race, options) : race };
  if (enough()) return {};

  for (const [sentence, witness] of Object.entries(problem.specification.witnesses ?? {})) {
    const given = cases.filter((c) => witness.given?.(c) ?? true);
    const asked = new Set([...given.slice(0, WITNESS_CASES), ...given.slice(-1)]);
    for (const c of asked) {
      if (seen.get(JSON.stringify(c))?.has(sentence)) continue;
      const n = (proved.has(c) ? DIRECTED_AGAIN : DIRECTED) / DIRECTED_ITEMS;
      const directed: Item[] = Array.from({ length: DIRECTED_ITEMS }, (_, i) => ({
        case: c,
        schedules: n,
        alone: n * ALONE,
        seed: seed + i,
        strategies: 'parking',
        until: sentence,
        shrink,
      }));
      const { found: other, results: more } = await playItems(
        players,
        directed,
        note,
        () => false,
        (result) => result.seen.includes(sentence),
      );
      count(more);
      const shown = other ?? (await firstRace(players, more, shrink));
      if (shown) return { found: shrink ? await smallest(players, problem, shown, options) : shown };
      if (!seen.get(JSON.stringify(c))?.has(sentence))
        return { finding: overSynchronised(problem, c, sentence) };
    }
  }
  return {};
}

/**
 * The first data race among `results`, none of which has a finding. It is searched once more where it was seen, by
 * its own name, so that its schedule is made as small as those of other findings.
 */
async function firstRace<P extends Player>(
  players: readonly P[],
  results: readonly (readonly [Item, ItemResult])[],
  shrink: boolean,
): Promise<Found<P> | undefined> {
  const [item, seen] = results.find(([, { race }]) => race) ?? [];
  if (item === undefined || seen?.race === undefined) return undefined;
  const { failure, strategy } = seen.race;
  const known = { item, result: { ...seen, failure, strategy }, player: players[0] };
  if (!shrink) return known;
  const { prove: _, ...rest } = item;
  const again = { ...rest, schedules: item.schedules || SMALLER, key: failure.key };
  const { found } = await playItems(
    players,
    [again],
    () => {},
    () => false,
  );
  return found ?? known;
}

/** The same finding in the smallest case that shows it. */
async function smallest<P extends Player>(
  players: readonly P[],
  problem: AnyProblem,
  found: Found<P>,
  options: ControlledOptions,
): Promise<Found<P>> {
  let best = found;
  for (let round = 0; round < ROUNDS; round++) {
    const { failure } = best.result;
    if (failure === undefined) return best;
    const c = best.item.case;
    options.onShrinking?.(c);
    const items: Item[] = smallerCases(problem, c).map((d) => ({
      case: d,
      schedules: SMALLER,
      alone: SMALLER * ALONE,
      seed: options.seed,
      key: failure.key,
    }));
    const { found: next } = await playItems(
      players,
      items,
      () => {},
      () => false,
    );
    if (next === undefined) return best;
    best = next;
  }
  return best;
}

/** Cases that ask for less in every parameter: the smallest of all, then those one step below `c`. */
function smallerCases(problem: AnyProblem, c: Case): Case[] {
  const less = casesOf(problem).filter(
    (d) => sizeOf(problem, d) < sizeOf(problem, c) && Object.keys(c).every((k) => d[k] <= c[k]),
  );
  const steps = (d: Case): number => Object.keys(c).reduce((sum, k) => sum + c[k] - d[k], 0);
  return less.filter((d, i) => i < SMALLER_CASES || steps(d) === 1);
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
