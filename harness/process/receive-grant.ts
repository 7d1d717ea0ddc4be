import { receiveDescriptors } from '../os/descriptors.ts';
import type { Wanted } from '../shared/kernel.ts';
import type { Grant } from './grant.ts';

/** What the referee sends to this process over `socket`, as `KernelObjects` writes it. Blocks. */
export function receiveGrant(socket: number): Grant {
  const { text, descriptors } = receiveDescriptors(socket);
  const { wanted, counts } = JSON.parse(text) as { wanted: Wanted[]; counts: number[][] };
  const total = counts.reduce((sum, [count]) => sum + count, 0);
  while (descriptors.length < total) descriptors.push(...receiveDescriptors(socket).descriptors);
  let next = 0;
  const handles = counts.map(([count, ...numbers]) => {
    next += count;
    return [...descriptors.slice(next - count, next), ...numbers];
  });
  return { wanted, handles, descriptors };
}
