import { mix } from '../../harness/schedule/generator.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import type { Hunter } from './hunters.ts';
import type { Player } from './player.ts';
import type { Mean } from './scoreboard.ts';

/** Seeds without a find after which a strategy is given up: its mean is cut by the cap anyway. */
const HOPELESS = 10;

/**
 * Schedules until the first that shows a bug; undefined where `cap` of them show none. The first is the pilot run; it
 * counts.
 */
function firstBug(player: Player, hunter: Hunter, seed: number, cap: number): number | undefined {
  let profile: Profile | undefined;
  for (let n = 1; n <= cap; n++) {
    const drawn = mix(mix(seed) + n);
    if (player.play(hunter.draw(drawn, n === 1), drawn, profile)) return n;
    profile ??= player.profile();
  }
  return undefined;
}

/** The mean over the seeds from 0 to before `seeds`. */
export function meanOf(player: Player, hunter: Hunter, seeds: number, cap: number): Mean {
  let sum = 0;
  let missed = 0;
  let played = 0;
  while (played < seeds && missed < HOPELESS) {
    const found = firstBug(player, hunter, played++, cap);
    sum += found ?? cap;
    if (found === undefined) missed++;
  }
  return { strategy: hunter.name, schedules: sum / played, missed, seeds: played };
}
