// Seeds of a hunt, made by hand.
import type { SeedResult } from '../../harness/check/hunt-report.ts';

export const seedFound: SeedResult = {
  seed: 1,
  schedules: 4,
  kind: 'deadlock',
  rule: null,
  steps: 4,
  switches: 1,
  schedule: 'v1 a2 b2',
  strategy: 'urw',
  played: 'modelled',
  proved: false,
};

export const seedMissed: SeedResult = {
  ...seedFound,
  seed: 2,
  schedules: 20,
  kind: null,
  steps: null,
  switches: null,
  schedule: null,
  strategy: null,
};
