// The side of a remote call that waits for its answer.
import { duration } from '../shared/duration.ts';
import { sealed } from '../shared/sealed.ts';
import { IpcError } from './ipc-error.ts';
import { RpcError } from './rpc-error.ts';
import { LATE, type RpcLine } from './rpc-line.ts';
import type { Calling } from './transport.ts';

/** How more is received: what came, undefined at the end, or nothing in time. Throws IpcError. */
type Receive = () => Uint8Array | undefined | typeof LATE;

/** Calls over one connection, by the name of the procedure; what they are about, the transport knows. */
export class Client {
  readonly #line: RpcLine;
  readonly #calling: Calling;

  constructor(line: RpcLine, calling: Calling) {
    this.#line = line;
    this.#calling = calling;
  }

  call(procedure: string, argument: unknown): unknown {
    this.#calling.call(procedure, argument);
    return this.#answer(procedure, () => this.#line.receive());
  }

  timedCall(
    procedure: string,
    argument: unknown,
    milliseconds: number,
    { repeats = 0 }: { repeats?: number } = {},
  ): unknown {
    if (!Number.isInteger(repeats) || repeats < 0) {
      throw new RangeError(`timedCall with ${String(repeats)} repeats: use a whole number from 0.`);
    }
    const time = duration(milliseconds);
    for (let sent = 0; sent <= repeats; sent++) {
      if (sent === 0) this.#calling.call(procedure, argument, time);
      else this.#calling.again();
      const answer = this.#answer(procedure, () => this.#line.receiveWithin(time));
      if (answer !== LATE) return answer;
    }
    return undefined;
  }

  close(): void {
    this.#line.close();
  }

  /** The answer to the call that was made last. */
  #answer(procedure: string, receive: Receive): unknown {
    for (;;) {
      const answer = this.#calling.answer();
      if (answer === undefined) {
        this.#send(procedure);
        const more = received(procedure, receive);
        if (more === LATE) return LATE;
        this.#calling.received(more);
        continue;
      }
      if (answer.outcome === 'LATE') return LATE;
      this.#line.answered();
      if (answer.outcome === 'SUCCESS') return answer.value;
      throw new RpcError(procedure, answer.outcome, answer.detail);
    }
  }

  #send(procedure: string): void {
    const { isSent } = this.#calling;
    try {
      this.#line.send(this.#calling.toSend());
    } catch (e) {
      if (!(e instanceof IpcError)) throw e;
      // The answer may have come nevertheless, where the call was sent before.
      if (!isSent) throw new RpcError(procedure, 'CANT_SEND');
    }
  }
}
sealed(Client);

/** What has come. Throws RpcError where the connection has come to its end. */
function received(procedure: string, receive: Receive): Uint8Array | typeof LATE {
  let more: ReturnType<Receive>;
  try {
    more = receive();
  } catch (e) {
    if (!(e instanceof IpcError)) throw e;
  }
  if (more === undefined) throw new RpcError(procedure, 'CANT_RECEIVE');
  return more;
}
