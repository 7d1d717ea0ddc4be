import type { Player } from '../check/finding.ts';
import type { Gap } from './fold.ts';
import { listed, many } from './number.ts';

/** What stands in place of folded steps: `120 steps folded: 60 of producer, 60 of consumer`. */
export function gapText({ folded }: Gap, players: readonly Player[]): string {
  const by = players.flatMap((player) => {
    const count = folded.filter((step) => step.process === player.process).length;
    return count === 0 ? [] : [`${count} of ${player.name}`];
  });
  return `${many(folded.length, 'steps')} folded: ${listed(by)}`;
}
