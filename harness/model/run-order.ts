// Which steps of a run come before which, however steps that commute are ordered: one vector clock a process, which
// knows of the latest change of whatever the process works on, and of the observations since if it changes it itself.
import { fences, MOST_BUFFERED } from '../process/store-buffer.ts';
import { plainOperations } from '../sync/operations.ts';
import { ALONE, KILL, WORLD } from './about.ts';
import type { Node } from './node.ts';

const { write } = plainOperations;

export class RunOrder {
  readonly #nodes: readonly Node[];
  /** Processes with a store buffer; 0 where there are none. */
  readonly #owners: number;
  /** What each process knows: how many steps of the run each other one had taken. */
  readonly clocks: Int32Array[] = [];
  /** The latest change of each object, and the observations since. */
  readonly #changed = new Map<number, number>();
  readonly #observed = new Map<number, number[]>();
  /** For each store buffer, the steps at which what it holds was written, and the one at which it last reached memory. */
  readonly #written: number[][] = [];
  readonly #flushed: Int32Array;
  /** Whether a store buffer was full: then writing depends on it. */
  isFull = false;

  /**
   * @param nodes the places of the run
   * @param processes all that can move, store buffers with them
   * @param owners those that have a store buffer
   */
  constructor(nodes: readonly Node[], processes: number, owners: number) {
    this.#nodes = nodes;
    this.#owners = owners;
    for (let p = 0; p < processes; p++) this.clocks.push(new Int32Array(processes));
    for (let p = 0; p < owners; p++) this.#written.push([]);
    this.#flushed = new Int32Array(owners);
  }

  /** A run begins. */
  begin(): void {
    for (const clock of this.clocks) clock.fill(0);
    for (const steps of this.#written) steps.length = 0;
    this.#flushed.fill(-1);
    this.#changed.clear();
    this.#observed.clear();
  }

  /**
   * Whether what process `p` is about to do is about its store buffer alone: a write, or waiting for it to be empty. What
   * waited knows of all that has reached memory from there: neither can be the other way round.
   */
  standsApart(p: number, code: number): boolean {
    if (p >= this.#owners) return false;
    const held = this.#written[p].length;
    if (code === write.code) {
      if (held === MOST_BUFFERED) this.isFull = true;
      return true;
    }
    if (fences[code] === 0) return false;
    if (held === 0 && this.#flushed[p] >= 0) join(this.clocks[p], this.#nodes[this.#flushed[p]].clock);
    return held > 0;
  }

  /** The step of `node` is taken: its process knows all that it depends on. */
  move(node: Node, depth: number): void {
    const p = node.process;
    const about = node.about[p];
    const clock = this.clocks[p];
    if (about === KILL) this.#kill(p, node, depth);
    if (about !== ALONE) {
      const changed = this.#changed.get(about);
      if (changed !== undefined) join(clock, this.#nodes[changed].clock);
      const observed = this.#observed.get(about);
      if (node.observes[p]) {
        if (observed === undefined) this.#observed.set(about, [depth]);
        else observed.push(depth);
      } else {
        if (observed !== undefined) {
          for (const i of observed) join(clock, this.#nodes[i].clock);
          observed.length = 0;
        }
        this.#changed.set(about, depth);
      }
    }
    clock[p] = depth + 1;
    node.clock.set(clock);
    if (this.#owners > 0) this.#buffer(p, node, depth);
  }

  /** In the step of `node` process `p` kills: that comes after all that the one who is killed has done. */
  #kill(p: number, { killers, seen }: Node, depth: number): void {
    const clock = this.clocks[p];
    join(clock, this.clocks[p - killers]);
    if (!seen) return;
    const changed = this.#changed.get(WORLD);
    if (changed !== undefined) join(clock, this.#nodes[changed].clock);
    this.#changed.set(WORLD, depth);
  }

  /** The step of `node` was a write or took one to memory: that cannot be before it was written. */
  #buffer(p: number, node: Node, depth: number): void {
    const owner = p % this.#owners;
    const written = this.#written[owner];
    const buffer = this.clocks[owner + this.#owners];
    if (p !== owner) {
      this.#flushed[owner] = depth;
      written.shift();
      if (written.length > 0) join(buffer, this.#nodes[written[0]].clock);
    } else if (node.writes[p] && written.push(depth) === 1) join(buffer, node.clock);
  }
}

function join(into: Int32Array, from: Int32Array): void {
  for (let i = 0; i < into.length; i++) if (from[i] > into[i]) into[i] = from[i];
}
