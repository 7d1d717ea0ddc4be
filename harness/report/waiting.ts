import type { Finding, Player, Waiting } from '../check/finding.ts';
import { cleanLine } from './clean.ts';
import { listed } from './number.ts';
import { type Page, proseWidth } from './page.ts';
import { table } from './table.ts';
import { indented } from './wrap.ts';

const nameOf = (players: readonly Player[], process: number): string =>
  players.find((p) => p.process === process)?.name ?? `process ${process}`;

/** The cycle of a deadlock: `The circle: a → b → a`. */
function circle(cycle: readonly number[], players: readonly Player[]): string {
  const names = [...cycle, cycle[0]].map((process) => nameOf(players, process));
  return cycle.length === 1 ? `${names[0]} waits for itself` : `The circle: ${names.join(' → ')}`;
}

/** How those whom it waits for stand in its way. */
function howOf({ end, text }: Waiting): string {
  if (end !== undefined) return `${end} is open in`;
  return /\.awaitAnswer\(/.test(text) ? 'of' : 'held by';
}

/** Who waits for what, and who holds it: a line for each process, then the cycle where there is one. */
export function waitingText(
  { players, waiting, cycle }: Pick<Finding, 'players' | 'waiting' | 'cycle'>,
  page: Page,
): string[] {
  const { strong, faint } = page.palette;
  const lines = waiting.map((w) => {
    const at = w.location ? ` (line ${w.location.line})` : '';
    const holders = w.heldBy.map((p) => (p === w.process ? 'itself' : nameOf(players, p)));
    return [
      { text: cleanLine(nameOf(players, w.process)), paint: strong },
      { text: cleanLine(`waits in ${w.text}${at}`) },
      {
        text: holders.length > 0 ? cleanLine(`${howOf(w)} ${listed(holders)}`) : '',
        paint: faint,
      },
    ];
  });
  const round =
    cycle && cycle.length > 0 ? indented(cleanLine(circle(cycle, players)), 4, proseWidth(page)) : [];
  return [...table(lines, page, 4), ...round];
}
