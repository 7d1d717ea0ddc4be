// The command's side of a referee: starts it, asks it, and notices when it dies.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { LabError } from '../check/verdict.ts';
import { BadInput } from '../problem/bad-input.ts';
import { builtFolder } from '../problem/built.ts';
import type { Methods } from './referee.ts';

type Answer = { id: number; value?: unknown; error?: { name: string; message: string; stack?: string } };
type Waiting = { resolve(value: unknown): void; reject(e: Error): void };

/** Milliseconds that the end of a process may take to be told. */
const EXIT_LIMIT = 2_000;

export class RefereeProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #gone: Error | undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (answer: Answer) => this.#answered(answer));
    child.on('error', (e) =>
      this.#lost(new LabError(`the referee could not be started: ${e.message}. Run lab doctor.`)),
    );
    child.on('exit', (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      this.#lost(
        new LabError(
          `the lab's referee ${how}. This is not about your solution: something outside ended it, or the machine ran out of memory. Run the command again.`,
        ),
      );
    });
  }

  /** Starts a referee on the `number`th of the processors that may be used. */
  static async start(number: number): Promise<RefereeProcess> {
    const file = join(await builtFolder(), 'referee.cjs');
    const child = spawn(process.execPath, ['--no-warnings', file, String(process.pid), String(number)], {
      stdio: ['ignore', 'ignore', process.env.LAB_DEBUG ? 'inherit' : 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    return new RefereeProcess(child);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Asks the referee. Throws BadInput and LabError as it does; LabError where it dies. */
  call<M extends keyof Methods>(method: M, ...given: Parameters<Methods[M]>): ReturnType<Methods[M]> {
    return new Promise((resolve, reject) => {
      if (this.#gone) return reject(this.#gone);
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, method, given }, (e) => {
        if (e === null) return;
        // It is ending: how, its exit will say. Only where that does not come is this all there is to tell.
        const why = new LabError(`the referee cannot be reached: ${e.message}. Run the command again.`);
        setTimeout(() => this.#lost(why), EXIT_LIMIT).unref();
      });
    }) as ReturnType<Methods[M]>;
  }

  /** Ends it, and with it its workers. */
  async close(): Promise<void> {
    this.#gone ??= new LabError('the referee has been closed.');
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined)
      return;
    await new Promise<void>((done) => {
      this.#child.once('exit', () => done());
      this.#child.kill('SIGKILL');
    });
  }

  #answered({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) {
      waiting?.resolve(value);
      return;
    }
    const known = error.name === 'BadInput' ? new BadInput(error.message) : new LabError(error.message);
    if (error.stack) known.stack = error.stack;
    waiting?.reject(known);
  }

  #lost(e: Error): void {
    this.#gone ??= e;
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}
