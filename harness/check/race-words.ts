// A data race in words.

import type { ObjectNames } from '../process/object-names.ts';
import { elementOf } from '../shared/element.ts';
import type { Player, TraceStep } from './finding.ts';
import type { Guard } from './guard.ts';
import { objectName } from './words.ts';

export interface RaceContext {
  readonly players: readonly Player[];
  readonly objects: ObjectNames;
  /** What both access. */
  readonly object: number;
  readonly first: TraceStep;
  readonly second: TraceStep;
  readonly guard: Guard | undefined;
}

const nameOf = (players: readonly Player[], p: number): string => players[p]?.name ?? `process ${p}`;

/** `producer 0 writes count = 1 (step 7)`. */
const access = (x: RaceContext, step: TraceStep): string =>
  `${nameOf(x.players, step.process)} ${step.text} (step ${step.step})`;

/** The message of a race: the two accesses, and what should have ordered them. */
export function raceWords(x: RaceContext): string {
  return `${access(x, x.first)} and ${access(x, x.second)}, and nothing orders the two: no lock, no signal, no atomic between them. On real processors they may come in either order, or at once. ${remedy(x)}`;
}

function remedy(x: RaceContext): string {
  const { guard, objects, first, second } = x;
  const data = objectName(objects, x.object);
  if (guard === undefined) {
    const kind = objects[x.object]?.kind ?? '';
    const atomic = !kind.endsWith('Array') && ['int32', 'uint32', 'bool'].includes(elementOf(kind) ?? '');
    return `Access ${data} only under one and the same lock, or let one process signal the other when it may${atomic ? '; what is meant to be met unlocked, like a flag, is an atomicInt32' : ''}.`;
  }
  const lock = objectName(objects, guard.object);
  const without = [...(guard.first ? [] : [first]), ...(guard.second ? [] : [second])];
  const who = [...new Set(without.map((step) => nameOf(x.players, step.process)))].join(' and ');
  const instead = guard.instead === undefined ? '' : `, but ${objectName(objects, guard.instead)}`;
  return `Elsewhere ${data} is accessed while ${lock} is held, but here ${who} ${without.length > 1 ? 'do' : 'does'} not hold it${instead}. Hold ${lock} at every access, reading included.`;
}

/** What a message of another finding adds, where the run that shows it has a race too. */
export function raceHint(x: Omit<RaceContext, 'guard'>): string {
  return ` In this run there is a data race before that: ${access({ ...x, guard: undefined }, x.first)} and ${access({ ...x, guard: undefined }, x.second)}, and nothing orders the two. Look there first.`;
}
