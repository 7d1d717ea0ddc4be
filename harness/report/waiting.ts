import type { Finding, Player } from '../check/finding.ts';
import { cleanLine } from './clean.ts';
import { listed } from './number.ts';

const nameOf = (players: readonly Player[], process: number): string =>
  players.find((p) => p.process === process)?.name ?? `process ${process}`;

/** The cycle of a deadlock in words: `a waits for b, b waits for c, and c waits for a`. */
function circle(cycle: readonly number[], players: readonly Player[]): string {
  const names = cycle.map((process) => nameOf(players, process));
  if (names.length === 1) return `${names[0]} waits for itself.`;
  const links = names.map((name, i) => `${name} waits for ${names[(i + 1) % names.length]}`);
  return `The circle: ${listed(links)}.`;
}

/** Who waits for what, and who holds it: one sentence a process, then the cycle where there is one. */
export function waitingText({
  players,
  waiting,
  cycle,
}: Pick<Finding, 'players' | 'waiting' | 'cycle'>): string[] {
  const sentences = waiting.map((w) => {
    const at = w.location ? ` (line ${w.location.line})` : '';
    const holders = w.heldBy.map((p) => (p === w.process ? 'itself' : nameOf(players, p)));
    const held = holders.length > 0 ? `, and ${w.object} is held by ${listed(holders)}` : '';
    return cleanLine(`${nameOf(players, w.process)} waits in ${w.text}${at}${held}.`);
  });
  return cycle && cycle.length > 0 ? [...sentences, cleanLine(circle(cycle, players))] : sentences;
}
