import { currentWay } from './arena.ts';
import { duration } from './duration.ts';

/**
 * Sleeps for `milliseconds`. It orders nothing: in a controlled run a sleeper may wake before or after anything
 * else, whatever the number says. In a free run it is that long, or a little longer.
 */
export function sleep(milliseconds: number): void {
  currentWay().pause(duration(milliseconds));
}
