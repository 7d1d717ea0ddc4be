// Objects of the C library that lie in memory of their own, which the referee has made and every process maps.

import type { Options } from '../shared/kernel.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';

export interface PageObject extends KernelObject {
  /** Where it lies in this process. */
  readonly address: number;
  /** Whether calls may wait: in free runs. In controlled runs they try, and give `NOT_YET`. */
  readonly blocks: boolean;
}

/** Asks the referee for an object of this kind, and maps it. Only inside `share`. */
export function pageObject(kind: string, options: Options): PageObject {
  const asked = kernelObject(kind, options);
  const { kernel, handles } = asked;
  const [fd, blocks] = handles;
  if (fd === undefined) return { ...asked, address: 0, blocks: false };
  const address = kernel.calls.map(fd);
  kernel.atEnd(() => kernel.calls.unmap(address));
  return { ...asked, address, blocks: blocks === 1 };
}
