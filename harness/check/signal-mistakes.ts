// Known mistakes with signals: to count standard ones, and to trust the order of different ones.
import type { Finding, TraceStep, Waiting } from './finding.ts';
import type { Mistake } from './mistake.ts';

/** A signal that was sent, or taken, as the words of its step have it. */
interface Told {
  readonly does: 'sent' | 'merged' | 'taken';
  readonly signal: string;
}

const SIGNAL = '(SIG[A-Z0-9]+(?:\\+\\d)?)';
const sending = new RegExp(`\\.(?:send|queue)\\(${SIGNAL}(?:, -?\\d+)?\\)(.*)$`);
const taking = new RegExp(`\\.(?:wait|tryWait|timedWait)\\([^)]*\\) → ${SIGNAL}`);

function toldBy({ text }: TraceStep): Told | undefined {
  const [, signal, then] = sending.exec(text) ?? [];
  if (signal !== undefined) {
    if (then === '') return { does: 'sent', signal };
    return then.startsWith(': is pending') ? { does: 'merged', signal } : undefined;
  }
  const [, taken] = taking.exec(text) ?? [];
  return taken === undefined ? undefined : { does: 'taken', signal: taken };
}

const awaited = ({ text }: Waiting): readonly string[] =>
  /\.wait\(((?:SIG[^)]*)?)\)$/.exec(text)?.[1].split(', ').filter(Boolean) ?? [];

const nameOf = ({ players }: Finding, process: number): string =>
  players[process]?.name ?? `process ${process}`;

/**
 * All who are left wait for signals, and to one of them the same standard signal was sent while it was pending. Who has looked
 * at memory since it was last woken does not count signals, and then nothing is said.
 */
export const mergedSignals: Mistake = (finding) => {
  const { kind, waiting, trace } = finding;
  if (kind !== 'deadlock' || !waiting.every((w) => awaited(w).length > 0)) return undefined;
  for (const w of waiting) {
    const at = (s: TraceStep): Told | undefined => (s.object === w.object ? toldBy(s) : undefined);
    const merged = trace.map(at).find((t) => t?.does === 'merged' && awaited(w).includes(t.signal));
    if (merged === undefined) continue;
    const woken = trace.findLastIndex((s) => s.process === w.process && at(s)?.does === 'taken');
    const looks = trace
      .slice(woken + 1)
      .some((s) => s.process === w.process && ['read', 'load'].includes(s.operation));
    if (looks) continue;
    const { signal } = merged;
    const times = trace.filter((s) => at(s)?.signal === signal && at(s)?.does !== 'taken').length;
    const taken = trace.filter((s) => at(s)?.signal === signal && at(s)?.does === 'taken').length;
    return {
      name: 'counted signals',
      text: `${signal} was sent to ${nameOf(finding, w.process)} ${times} times and arrived ${taken === 1 ? 'once' : `${taken} times`}: a standard signal that is pending already stays one. Send a real-time signal, which is queued; or take it for "look again", and look at everything.`,
    };
  }
  return undefined;
};

/** Somebody took a signal and ended, while one that had been sent to it before was pending. */
export const overtakenSignal: Mistake = (finding) => {
  const { trace } = finding;
  for (const end of trace) {
    if (end.operation !== 'ends' || end.location !== undefined) continue;
    let pending: string[] = [];
    let overtaken: { by: string; is: string } | undefined;
    for (const s of trace.slice(0, end.step - 1)) {
      const told = s.object === end.object ? toldBy(s) : undefined;
      if (told?.does === 'sent') pending.push(told.signal);
      if (told?.does !== 'taken') continue;
      const place = pending.indexOf(told.signal);
      overtaken = place > 0 ? { by: told.signal, is: pending[0] } : undefined;
      pending = pending.filter((_, i) => i !== place);
    }
    if (overtaken === undefined) continue;
    return {
      name: 'overtaken signal',
      text: `${nameOf(finding, end.process)} took ${overtaken.by} and ended, and ${overtaken.is}, which had been sent before, was still pending: standard signals come first, then the lowest number. Say the end when nothing is pending any more, or by a signal with a higher number.`,
    };
  }
  return undefined;
};
