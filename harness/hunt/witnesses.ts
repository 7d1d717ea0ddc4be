import { executed } from '../check/executed.ts';
import type { Judge } from '../check/judge.ts';
import type { RunView } from '../check/run-view.ts';
import type { ModelResult } from './model-orders.ts';

/** For each witness that is reached, the first run that does. */
export class Witnesses {
  readonly reached: ModelResult['witnesses'][number][] = [];
  readonly #seen: ReadonlySet<string>;
  readonly #known: Set<string>;

  constructor(judge: Judge) {
    this.#seen = judge.specification.seen;
    this.#known = new Set(this.#seen);
  }

  note(view: RunView, world: number): void {
    if (this.#seen.size === this.#known.size) return;
    for (const sentence of this.#seen) {
      if (this.#known.has(sentence)) continue;
      this.#known.add(sentence);
      this.reached.push({ sentence, world, moves: executed(view) });
    }
  }
}
