// Several teams side by side. Items are handed out in order; the answer is that of the first item with a finding,
// whichever team was faster: what is reported does not depend on the machine's speed.
import type { Item, ItemResult } from './item.ts';

/** Whoever can play an item: a referee's process, or a session in this one. */
export interface Player {
  hunt(item: Item): Promise<ItemResult>;
}

/** A finding, the item that it belongs to, and who has it. */
export interface Found<P extends Player> {
  readonly item: Item;
  readonly result: ItemResult;
  readonly player: P;
}

/**
 * Lets `players` play `items` up to the first with a finding, or with a result that `ends` it. Calls `each` as results
 * come in, in any order.
 * @returns the finding, and the results up to the last item that counts; what was played behind it does not
 */
export async function playItems<P extends Player>(
  players: readonly P[],
  items: readonly Item[],
  each: (result: ItemResult, item: Item) => void,
  enough: () => boolean,
  ends: (result: ItemResult) => boolean = () => false,
): Promise<{ found?: Found<P>; results: readonly (readonly [Item, ItemResult])[] }> {
  let next = 0;
  let first = Number.POSITIVE_INFINITY;
  let found: Found<P> | undefined;
  const results: (readonly [Item, ItemResult])[] = [];
  await Promise.all(
    players.map(async (player) => {
      while (next < Math.min(items.length, first) && !enough()) {
        const number = next++;
        const item = items[number];
        const result = await player.hunt(item);
        each(result, item);
        results[number] = [item, result];
        const fails = result.failure !== undefined || result.finding !== undefined;
        if (number >= first || !(fails || ends(result))) continue;
        first = number;
        found = fails ? { item, result, player } : undefined;
      }
    }),
  );
  const counted = results
    .slice(0, first === Number.POSITIVE_INFINITY ? undefined : first + 1)
    .filter(Boolean);
  return { results: counted, ...(found && { found }) };
}
