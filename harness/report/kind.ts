import type { Kind } from '../check/finding.ts';

/** What each kind of finding means, in a few words for a headline. */
export const meaning: Readonly<Record<Kind, string>> = {
  deadlock: 'everyone who is left waits, and nobody can go on',
  unsafe: 'something happened that must never happen',
  race: 'two accesses to the same data, and nothing orders them',
  'over-synchronised': 'something that must be possible never happened',
  starvation: 'one process is overtaken again and again',
  livelock: 'everyone moves and nobody gets on',
  'busy-waiting': 'a process waits by asking again and again',
  lost: 'something is missing, or there twice',
  misuse: 'an object is used against its own rules',
  crash: 'a process ended before its work was done',
  'left-behind': 'something is still held at the end',
  nondeterministic: 'the same schedule did not give the same run',
  'non-terminating': 'a process does not come to an end',
  forbidden: 'this problem rules out what is used here',
};

/** The headline of a kind: `Deadlock`. */
export const kindTitle = (kind: Kind): string => {
  const name = kind === 'nondeterministic' ? 'not deterministic' : kind.replace('left-behind', 'left behind');
  return name[0].toUpperCase() + name.slice(1);
};
