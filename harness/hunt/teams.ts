// Several teams side by side. Items are handed out in order; the answer is that of the first item with a finding,
// whichever team was faster: what is reported does not depend on the machine's speed.
import type { Item, ItemResult } from './hunt.ts';

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
 * Lets `players` play `items`, calling `each` for every result.
 * @returns the first item with a finding; all before it have been played
 */
export async function playItems<P extends Player>(
  players: readonly P[],
  items: readonly Item[],
  each: (result: ItemResult, item: Item) => void,
  enough: () => boolean,
): Promise<Found<P> | undefined> {
  let next = 0;
  let first = Number.POSITIVE_INFINITY;
  let found: Found<P> | undefined;
  await Promise.all(
    players.map(async (player) => {
      while (next < Math.min(items.length, first) && !enough()) {
        const number = next++;
        const item = items[number];
        const result = await player.hunt(item);
        each(result, item);
        if ((result.failure || result.finding) && number < first) {
          first = number;
          found = { item, result, player };
        }
      }
    }),
  );
  return found;
}
