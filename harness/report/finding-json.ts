import type { Finding, Location } from '../check/finding.ts';
import { replayCommand, type Subject } from './replay-command.ts';

const place = (l: Location | undefined) => (l ? { file: l.file, line: l.line, column: l.column } : null);

/** The run of a finding or a replay as plain JSON. */
export const runJson = (run: Pick<Finding, 'players' | 'trace' | 'waiting' | 'steps' | 'switches'>) => ({
  steps: run.steps,
  switches: run.switches,
  players: run.players.map(({ process, role, number, name }) => ({ process, role, number, name })),
  trace: run.trace.map((step) => ({
    step: step.step,
    process: step.process,
    role: step.role,
    operation: step.operation,
    object: step.object,
    text: step.text,
    preempts: step.preempts ?? false,
    location: place(step.location),
  })),
  waiting: run.waiting.map((w) => ({
    process: w.process,
    text: w.text,
    object: w.object,
    heldBy: [...w.heldBy],
    ...(w.end !== undefined && { end: w.end }),
    location: place(w.location),
  })),
});

/** A finding as plain JSON. What does not apply is null or empty, never absent. */
export const findingJson = (subject: Subject, finding: Finding) => ({
  kind: finding.kind,
  rule: finding.rule ?? null,
  message: finding.message,
  case: { ...finding.case },
  mode: finding.mode,
  strategy: finding.strategy,
  schedule: finding.schedule,
  replay: replayCommand(subject, finding),
  process: finding.process ?? null,
  location: place(finding.location),
  stack: [...(finding.stack ?? [])],
  cycle: finding.cycle ? [...finding.cycle] : null,
  accesses: finding.accesses ? [...finding.accesses] : null,
  critical: finding.critical
    ? {
        steps: finding.critical.steps.map((s) => ({
          step: s.step,
          process: s.process,
          text: s.text,
          location: place(s.location),
        })),
        schedule: finding.critical.schedule,
        replay: replayCommand(subject, { ...finding, schedule: finding.critical.schedule }),
      }
    : null,
  misconception: finding.misconception
    ? { name: finding.misconception.name, text: finding.misconception.text }
    : null,
  loop: finding.loop ? { from: finding.loop.from, to: finding.loop.to } : null,
  ...runJson(finding),
});
