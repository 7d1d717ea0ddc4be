import { mix } from '../../harness/schedule/generator.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import type { Player } from './player.ts';

/**
 * Schedules until the first that shows a bug; undefined where `cap` of them show none. The first is a random walk,
 * the pilot run that tells the others what they need to know; it counts.
 */
export function firstBug(player: Player, strategy: Strategy, seed: number, cap: number): number | undefined {
  let profile: Profile | undefined;
  for (let n = 1; n <= cap; n++) {
    const drawn = mix(mix(seed) + n);
    if (player.play(profile === undefined ? uniform : strategy, drawn, profile)) return n;
    profile ??= player.profile();
  }
  return undefined;
}
