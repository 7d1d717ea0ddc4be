import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** Above this share of the processors' time, whatever else is running decides the figures. */
export const BUSY = 0.1;

/** The share of the processors' time, from 0 to 1, that others use while the bench does nothing; takes 0.3 s. */
export async function busy(): Promise<number> {
  const times = (): { idle: number; all: number } => {
    let idle = 0;
    let all = 0;
    for (const { times: t } of cpus()) {
      idle += t.idle;
      all += t.user + t.nice + t.sys + t.irq + t.idle;
    }
    return { idle, all };
  };
  const before = times();
  await delay(300);
  const after = times();
  const all = after.all - before.all;
  return all > 0 ? 1 - (after.idle - before.idle) / all : 0;
}
