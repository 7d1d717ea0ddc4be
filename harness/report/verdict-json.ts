import type { Verdict } from '../check/verdict.ts';
import { findingJson } from './finding-json.ts';

/** The version of all JSON that the command prints. Fields may be added within a version, never changed. */
export const JSON_VERSION = 1;

/** JSON knows no infinity: a rate over no time is none. */
const finite = (n: number): number => (Number.isFinite(n) ? n : 0);

/** A verdict as `lab check --json` prints it; described by docs/check.schema.json. */
export const verdictJson = (verdict: Verdict) => ({
  version: JSON_VERSION,
  problem: verdict.problem,
  title: verdict.title,
  file: verdict.file,
  seed: verdict.seed,
  verdict: verdict.verdict,
  findings: verdict.findings.map((finding) => findingJson(verdict, finding)),
  explored: {
    cases: verdict.explored.cases,
    schedules: verdict.explored.schedules,
    modelled: verdict.explored.modelled,
    traces: verdict.explored.traces,
    proved: verdict.explored.proved,
    searched: verdict.explored.searched.map(({ case: c, traces, part }) => ({ case: c, traces, part })),
    steps: verdict.explored.steps,
    seconds: finite(verdict.explored.seconds),
    perSecond: finite(verdict.explored.perSecond),
  },
  free: { runs: verdict.free.runs, perSecond: finite(verdict.free.perSecond), unit: verdict.free.unit },
  notes: [...verdict.notes],
  error: verdict.error ?? null,
});
