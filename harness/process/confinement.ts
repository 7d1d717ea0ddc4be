import { type Confinement, confinementOf } from '../os/proc.ts';
import { Workers } from './workers.ts';

/** What a worker is kept from, looked at from outside while one is alive; about 0.2 s. Throws where none starts. */
export async function workerConfinement(): Promise<Confinement> {
  const workers = new Workers();
  try {
    await workers.grow(1);
    return confinementOf(workers.pids[0]);
  } finally {
    await workers.dispose();
  }
}
