// One referee whose workers are killed, and which is killed itself, at random moments; and what was left each time.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, leftBy, namesOf, openIn, survivors } from './left.ts';
import type { PlayOrder, PlayResult } from './player.ts';
import { subjects } from './subjects.ts';

/** What came of one kill: nothing, where all is as it should be. */
export interface Killed {
  readonly victim: 'worker' | 'referee' | 'command';
  readonly subject: string;
  readonly mode: string;
  /** Processes that were killed: sometimes a second one, while the first is being replaced. */
  readonly kills: number;
  /** Whether the first of them was in a run that went on, and not between two. */
  readonly inRun: boolean;
  readonly left: readonly string[];
  /** What a right solution was said to be, and what the lab threw. */
  readonly wrong: readonly string[];
}

/** Runs for so long; within twice as long somebody is killed. In milliseconds. */
const PLAYING = 12;
/** One kill in so many is the referee's. */
const LIFE = 12;
/** Kills of one subject before the next one. */
const STAY = 4;

export class Lane {
  readonly #file: string;
  readonly #temporary: string;
  readonly #random: () => number;
  readonly #only: readonly number[];
  readonly #victim: 'worker' | 'referee' | undefined;
  #player: ChildProcess | undefined;
  /** What it had open when all was well. */
  #open = '';
  #subject = 0;
  #stays = 0;

  /**
   * @param file the compiled player
   * @param temporary a folder for its files
   * @param only subjects to choose from
   * @param victim who is killed. Default: workers, and now and then the referee
   */
  constructor(
    file: string,
    temporary: string,
    random: () => number,
    only: readonly number[],
    victim?: 'worker' | 'referee',
  ) {
    this.#only = only;
    this.#victim = victim;
    this.#file = file;
    this.#temporary = temporary;
    this.#random = random;
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  async killOne(): Promise<Killed> {
    if (this.#stays-- <= 0) {
      this.#subject = this.#only[this.#below(this.#only.length)];
      this.#stays = STAY;
    }
    this.#player ??= await this.#start();
    const victim = this.#victim ?? (this.#below(LIFE) === 0 ? 'referee' : 'worker');
    return victim === 'referee' ? this.#killReferee() : this.#killWorker();
  }

  async close(): Promise<void> {
    this.#player?.kill('SIGKILL');
  }

  async #start(): Promise<ChildProcess> {
    const player = spawn(process.execPath, ['--no-warnings', this.#file, String(process.pid)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, TMPDIR: this.#temporary },
    });
    this.#player = player;
    this.#open = '';
    return player;
  }

  async #ask(order: Omit<PlayOrder, 'subject'>): Promise<PlayResult> {
    const player = this.#player as ChildProcess;
    const [answered, gone] = [new AbortController(), new AbortController()];
    const answer = once(player, 'message', answered).then(([result]) => result as PlayResult);
    const end = once(player, 'exit', gone).then((): PlayResult => ({ runs: 0, lost: 0, wrong: [] }));
    player.send({ ...order, subject: this.#subject });
    try {
      return await Promise.race([answer, end]);
    } finally {
      for (const [controller, other] of [
        [answered, answer],
        [gone, end],
      ] as const) {
        other.catch(() => {});
        controller.abort();
      }
    }
  }

  #order(milliseconds: number, runs: number): Omit<PlayOrder, 'subject'> {
    return {
      mode: this.#below(2) === 0 ? 'controlled' : 'free',
      milliseconds,
      runs,
      seed: this.#below(2 ** 30),
    };
  }

  async #killWorker(): Promise<Killed> {
    const { pid = -1 } = this.#player as ChildProcess;
    const order = this.#order(PLAYING, 1);
    if (this.#open === '') await this.#settle();
    const playing = this.#ask(order);
    const most = this.#below(3) === 0 ? 2 : 1;
    let kills = 0;
    for (let n = 0; n < most || kills === 0; n++) {
      await delay(this.#random() * 2 * PLAYING);
      const workers = childrenOf(pid);
      if (workers.length > 0 && killed(workers[this.#below(workers.length)])) kills++;
    }
    const first = await playing;
    const then = await this.#settle();
    const workers = childrenOf(pid);
    const left = [...namesOf(pid, this.#temporary, false)];
    const now = openOf(pid, workers);
    if (now !== this.#open) left.push(`descriptors: ${difference(this.#open, now)}`);
    const wrong = [...first.wrong, ...then.wrong, first.error, then.error].filter((w) => w !== undefined);
    return { victim: 'worker', ...this.#about(order), kills, inRun: first.lost > 0, left, wrong };
  }

  /** Plays until all workers are as they should be; the first time that is remembered. */
  async #settle(): Promise<PlayResult> {
    const result = await this.#ask({ ...this.#order(0, 2) });
    const { pid = -1 } = this.#player as ChildProcess;
    if (this.#open === '') this.#open = openOf(pid, childrenOf(pid));
    return result;
  }

  async #killReferee(): Promise<Killed> {
    const player = this.#player as ChildProcess;
    const { pid = -1 } = player;
    const order = this.#order(4 * PLAYING, 1);
    if (this.#open === '' && this.#below(8) > 0) await this.#settle(); // otherwise it is killed while it begins
    const ended = once(player, 'exit');
    const playing = this.#ask(order);
    await delay(this.#random() * (this.#open === '' ? 400 : 4 * PLAYING));
    const workers = childrenOf(pid);
    killed(pid);
    await ended;
    const first = await playing;
    this.#player = undefined;
    const left = await survivors(workers, pid);
    left.push(...(await leftBy(pid, this.#temporary)));
    return {
      victim: 'referee',
      ...this.#about(order),
      kills: 1,
      inRun: first.runs === 0,
      left,
      wrong: first.wrong,
    };
  }

  #about({ mode }: Pick<PlayOrder, 'mode'>): { subject: string; mode: string } {
    return { subject: subjects[this.#subject].name, mode };
  }
}

/** What is in one list of words and not in the other. */
function difference(before: string, now: string): string {
  const some = now.split(' ');
  const missing = before.split(' ').filter((word) => {
    const at = some.indexOf(word);
    if (at >= 0) some.splice(at, 1);
    return at < 0;
  });
  return `+ ${some.join(' ')} - ${missing.join(' ')}`;
}

const openOf = (pid: number, workers: readonly number[]): string => [pid, ...workers].map(openIn).join(' | ');

/** Says whether there was somebody to kill. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
