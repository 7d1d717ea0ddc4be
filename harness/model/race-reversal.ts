// Where two steps of a run race, the other order of the two is noted: at the step before which it must branch off.
import { ALONE, KILL } from './about.ts';
import { dependent, type Node } from './node.ts';
import type { RunOrder } from './run-order.ts';

export class RaceReversal {
  readonly #nodes: readonly Node[];
  readonly #order: RunOrder;
  readonly #processes: number;
  /** Steps since a race that do not need its first step. */
  readonly #since: number[] = [];

  constructor(nodes: readonly Node[], processes: number, order: RunOrder) {
    this.#nodes = nodes;
    this.#processes = processes;
    this.#order = order;
  }

  /** Notes, for what each process is about to do, where the other order of a race branches off. */
  races(depth: number): void {
    if (depth === 0) return;
    const node = this.#nodes[depth];
    const last = this.#nodes[depth - 1];
    for (let p = 0; p < this.#processes; p++) {
      if (node.about[p] === ALONE) continue;
      if (p === last.process || last.about[p] === ALONE) this.#racesOfAll(node, depth, p);
      else if (dependent(node, p, last, last.process)) {
        // An observation may go before those that `p` races with already: then it must be tried there as well.
        if (node.about[p] === KILL) this.#racesOfKill(node, depth, p);
        else if (last.observes[last.process]) this.#racesOfAll(node, depth, p);
        else this.#branch(depth - 1, depth, p);
      }
    }
  }

  /** The same for process `p` and all steps before: it races with the latest on the same object. */
  #racesOfAll(node: Node, depth: number, p: number): void {
    const known = this.#order.clocks[p];
    let observations = false;
    for (let i = depth - 1; i >= 0; i--) {
      const earlier = this.#nodes[i];
      const q = earlier.process;
      if (!dependent(node, p, earlier, q)) continue;
      const observes = earlier.observes[q] === 1;
      if (observations && !observes) return; // seen by those observations, which come between
      observations = observes;
      if (q === p || i < known[q]) {
        if (observes) continue; // other observations before it need not have happened before
        return;
      }
      if (node.acquires[p] && earlier.releases[q]) continue; // never possible both at once: who took it before?
      this.#branch(i, depth, p);
      if (!observes) return;
    }
  }

  /**
   * The same for `p`, who is about to kill: that depends on what its process does, on other kills, and on the world. So
   * it races with the latest of each that no other one of them comes after. What comes later may lead to a new way to
   * come to the kill before an earlier one, so all are looked at again.
   */
  #racesOfKill(node: Node, depth: number, p: number): void {
    const later: number[] = [];
    for (let i = depth - 1; i >= 0; i--) {
      const { process } = this.#nodes[i];
      if (!dependent(node, p, this.#nodes[i], process)) continue;
      if (later.every((j) => this.#nodes[j].clock[process] <= i)) this.#branch(i, depth, p);
      later.push(i);
    }
  }

  /**
   * Process `p`, about to move at `depth`, races with the step at `at`. What has been done since without need of
   * that step can be done before it: whoever can begin that is tried there, unless one of them is already (source
   * sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction", POPL 2014, algorithm 1).
   */
  #branch(at: number, depth: number, p: number): void {
    const node = this.#nodes[at];
    const covered = node.wanted | node.tried | node.asleep;
    const since = this.#since;
    since.length = 0;
    let beginners = 0;
    let seen = 0;
    for (let j = at + 1; j < depth; j++) {
      const { process, clock } = this.#nodes[j];
      if (clock[node.process] > at) continue; // it needs the step
      if ((seen & (1 << process)) === 0) {
        seen |= 1 << process;
        if (since.every((m) => clock[this.#nodes[m].process] <= m)) beginners |= 1 << process;
      }
      since.push(j);
    }
    if (since.length === 0) {
      if (node.enabled & (1 << p)) node.wanted |= 1 << p;
    } else if ((beginners & covered) === 0) node.wanted |= 1 << this.#nodes[since[0]].process;
  }
}
