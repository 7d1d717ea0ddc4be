// The specification of a problem: a small state machine over the events that the outside world can see. A rule is
// a sentence and a predicate; the sentence is what a student reads when the rule is broken.
import type { Linearizable } from './sequential-object.ts';

/** An event that happened in a run. */
export interface Happening {
  /** Number of the process among those of its role, from 0. */
  readonly by: number;
  /** Number of the process among all. */
  readonly process: number;
  /** The number that the event carries: an item, a seat; 0 where it carries none. */
  readonly value: number;
}

/**
 * What breaking a rule is called: `unsafe` for what must never happen, `lost` for what got lost or doubled, `starvation`
 * for overtaking those who wait more often than the problem allows.
 */
export type Breach = 'unsafe' | 'lost' | 'starvation';

export interface Rule<S, C> {
  /** Default `unsafe`. */
  readonly breach?: Breach;
  readonly holds: (state: S, happening: Happening, c: C) => boolean;
  /** Adds to the message what a sentence cannot know: the item, who else was there. */
  readonly because?: (state: S, happening: Happening, c: C) => string;
}

export interface EventModel<S, C> {
  /** The event in the problem's own words, after the name of the process: `begins to eat`. */
  readonly says: string | ((happening: Happening) => string);
  /** The rules that must hold when it happens, each under its sentence. */
  readonly rules?: Readonly<Record<string, ((state: S, happening: Happening, c: C) => boolean) | Rule<S, C>>>;
  /** What it changes. Called also after a broken rule was reported; must not throw. */
  readonly then?: (state: S, happening: Happening, c: C) => void;
}

export interface Witness<S, C> {
  /** In which cases it must be possible. Default: in all. */
  readonly given?: (c: C) => boolean;
  /** Whether the state shows it. */
  readonly seen: (state: S, c: C) => boolean;
}

export interface Model<S = unknown, C = Readonly<Record<string, number>>> {
  /** The state before the first event. */
  readonly start: (c: C) => S;
  readonly events: Readonly<Record<string, EventModel<S, C>>>;
  /** What it changes that a process is killed; `value` is 0. Must not throw. Default: nothing. */
  readonly whenKilled?: (state: S, happening: Happening, c: C) => void;
  /** What must hold when every process has ended or was killed; broken, something is lost. */
  readonly ends?: Readonly<Record<string, (state: S, c: C) => boolean>>;
  /** States that some schedule must be able to reach; a solution that reaches one in none is over-synchronised. */
  readonly witnesses?: Readonly<Record<string, Witness<S, C>>>;
  /** What the calls of all processes together must look like: those of an object used by one process alone. */
  readonly linearizable?: Linearizable<C>;
}
