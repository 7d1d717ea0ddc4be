import type { Case } from '../problem/problem.ts';
import { many, number } from './number.ts';

const words = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

/** A case in words: `2 seats, 1 meal`, `capacity 2`. What is counted has a name in the plural. */
export function caseInWords(c: Case): string {
  const parts = Object.entries(c).map(([name, value]) => {
    const noun = words(name);
    return noun.endsWith('s') ? many(value, noun) : `${noun} ${number(value)}`;
  });
  return parts.length === 0 ? 'no parameters' : parts.join(', ');
}
