// What the commands need of the rest of the lab. Each part is loaded when it is first used: `lab list` must not wait for the engine.

import type { HuntReport } from '../check/hunt-report.ts';
import type { CheckRequest, FreeReport, Progress, Replayed, Verdict } from '../check/verdict.ts';
import type { CompareRequest, Comparison } from '../compare/compare.ts';
import type { HuntRequest } from '../hunt/lab-hunt.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Cleaned } from '../report/cleaned.ts';
import type { Examined } from '../report/machine.ts';

export interface Engine {
  check(request: CheckRequest, onProgress?: (progress: Progress) => void): Promise<Verdict>;
  replay(request: { slug: string; file: string; case: Case; schedule: string }): Promise<Replayed>;
  free(request: {
    slug: string;
    file: string;
    case?: Case;
    runs?: number;
    seed?: number;
  }): Promise<FreeReport>;
  /** Throws BadInput where there is no such strategy. */
  hunt(request: HuntRequest): Promise<HuntReport>;
  /** All problems, by level and name. */
  problems(): Promise<AnyProblem[]>;
  /** Throws BadInput with what was probably meant. */
  problemOf(slug: string): Promise<AnyProblem>;
  /** Throws BadInput where `json` is no case of the problem. */
  parseCase(problem: AnyProblem, json: string, options?: { free?: boolean }): Promise<Case>;
  /** The folder of the package, in which problems/ and solutions/ lie. */
  home(): Promise<string>;
  examine(): Promise<Examined[]>;
  /** What was left behind; removed, but where `look` is given. */
  clean(look: boolean): Promise<Cleaned[]>;
  /** Throws BadInput where there is no such mechanism. */
  compare(request: CompareRequest, onRow?: (name: string) => void): Promise<Comparison>;
}

/** The lab's own engine. */
export const engine: Engine = {
  check: async (...given) => (await import('../hunt/check.ts')).check(...given),
  replay: async (...given) => (await import('../hunt/replay.ts')).replay(...given),
  free: async (...given) => (await import('../hunt/free.ts')).free(...given),
  hunt: async (...given) => (await import('../hunt/lab-hunt.ts')).labHunt(...given),
  problems: async () => (await import('../problem/catalogue.ts')).problems(),
  problemOf: async (slug) => (await import('../problem/catalogue.ts')).problemOf(slug),
  parseCase: async (...given) => (await import('../problem/case.ts')).parseCase(...given),
  home: async () => (await import('../problem/catalogue.ts')).home,
  compare: async (...given) => (await import('../compare/compare.ts')).compare(...given),
  clean: async (look) => (await import('../process/leftovers.ts')).clean(look),
  examine: async () => (await import('../process/doctor.ts')).examine(),
};
