// The known mistake behind a finding, where the run makes it certain. A wrong name sends the student astray, so where
// there is doubt nothing is said. The patterns are those of the textbooks (Downey, "The Little Book of Semaphores",
// 2016; Lu, Park, Seo and Zhou, "Learning from mistakes", ASPLOS 2008, for check-then-act and lock order).

import { extraPost } from './extra-post.ts';
import type { Finding, Misconception } from './finding.ts';
import type { Mistake } from './mistake.ts';
import { mergedSignals, overtakenSignal } from './signal-mistakes.ts';
import { checkThenAct, staleCheck, wrongLock } from './stale-mistakes.ts';
import { lockOrder, lostWakeUp, missingPost, splitTokens, waitingWhileHolding } from './stuck-mistakes.ts';

/** Most telling first. */
const mistakes: readonly Mistake[] = [
  waitingWhileHolding,
  lockOrder,
  splitTokens,
  lostWakeUp,
  missingPost,
  overtakenSignal,
  mergedSignals,
  extraPost,
  staleCheck,
  checkThenAct,
  wrongLock,
];

/** The known mistake that the run of `finding` shows; undefined where it is none of those, or not certain. */
export function misconceptionOf(finding: Finding): Misconception | undefined {
  if (finding.mode !== 'controlled' || finding.trace.length === 0) return undefined;
  for (const mistake of mistakes) {
    const found = mistake(finding);
    if (found) return found;
  }
  return undefined;
}
