// Objects of the C library that lie in memory of their own, which the referee has made and every process maps.
import type { Kernel, Options } from '../shared/kernel.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';

/** Where such an object lies in this process. */
export interface Page {
  /** 0 where there is none yet. */
  readonly address: number;
  /** Whether calls may wait: in free runs. In controlled runs they try, and give `NOT_YET`. */
  readonly blocks: boolean;
}

export interface PageObject extends KernelObject, Page {}

/** Maps what the referee has given. */
export function mapped(kernel: Kernel, [fd, blocks]: readonly number[]): Page {
  if (fd === undefined) return { address: 0, blocks: false };
  const address = kernel.calls.map(fd);
  kernel.atEnd(() => kernel.calls.unmap(address));
  return { address, blocks: blocks === 1 };
}

/** Asks the referee for an object of this kind, and maps it. Only inside `share`. */
export function pageObject(kind: string, options: Options): PageObject {
  const asked = kernelObject(kind, options);
  return { ...asked, ...mapped(asked.kernel, asked.handles) };
}
