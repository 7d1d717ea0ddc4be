// Calls by ONC RPC (RFC 5531): arguments as XDR, in records, over a connection.
import { answerTo, callBytes, type OncProcedure, type OncProgram, replyIn } from './onc-message.ts';
import { marked, Records } from './record-marking.ts';
import {
  type Answer,
  type Bodies,
  type Calling,
  noProcedure,
  type ProcedureTypes,
  type Serving,
  type Transport,
} from './transport.ts';
import { decoded, encoded, type Xdr, XdrError, xdr } from './xdr.ts';

const NONE = new Uint8Array(0);

class OncCalling implements Calling {
  readonly #program: number;
  readonly #version: number;
  readonly #procedures: ProcedureTypes;
  readonly #records = new Records();
  /** The number of the call, which its answer has too. */
  #xid: number;
  /** The call as it is sent, and what its answer is. */
  #call: Uint8Array = NONE;
  #result: Xdr<unknown> = xdr.nothing as Xdr<unknown>;
  #out: Uint8Array = NONE;

  constructor(program: number, version: number, procedures: ProcedureTypes, xid: number) {
    this.#program = program;
    this.#version = version;
    this.#procedures = procedures;
    this.#xid = xid;
  }

  call(procedure: string, argument: unknown): void {
    const names = Object.keys(this.#procedures);
    const number = names.indexOf(procedure) + 1;
    if (number === 0) throw noProcedure(procedure, names);
    const [type, result] = this.#procedures[procedure];
    const bytes = encoded(type, argument); // may run code of the student's, which may call
    this.#xid++;
    this.#call = marked(
      callBytes({
        ...{ xid: this.#xid, program: this.#program, version: this.#version, procedure: number },
        argument: bytes,
      }),
    );
    this.#result = result;
    this.#out = this.#call;
  }

  again(): void {
    this.#out = this.#call;
  }

  received(bytes: Uint8Array): void {
    this.#records.add(bytes);
  }

  toSend(): Uint8Array {
    const out = this.#out;
    this.#out = NONE;
    return out;
  }

  get isSent(): boolean {
    return this.#out.length === 0;
  }

  answer(): Answer | undefined {
    try {
      for (let record = this.#records.next(); record !== undefined; record = this.#records.next()) {
        const { xid, outcome, result } = replyIn(record);
        if (xid !== this.#xid) continue;
        return outcome === 'SUCCESS' ? { outcome, value: decoded(this.#result, result) } : { outcome };
      }
      return undefined;
    } catch (e) {
      // A record that would be too long is a RangeError.
      if (!(e instanceof XdrError || e instanceof RangeError)) throw e;
      return { outcome: 'BAD_REPLY', detail: e.message };
    }
  }
}

class OncServing implements Serving {
  readonly #served: OncProgram;
  readonly #records = new Records();
  #out: Uint8Array = NONE;
  #over = false;

  constructor(served: OncProgram) {
    this.#served = served;
  }

  received(bytes: Uint8Array): void {
    this.#records.add(bytes);
  }

  answerNext(): boolean {
    const record = this.#next();
    if (record === undefined) return false;
    const answer = answerTo(record, this.#served);
    if (answer !== undefined) this.#out = marked(answer);
    return true;
  }

  #next(): Uint8Array | undefined {
    if (this.#over) return undefined;
    try {
      return this.#records.next();
    } catch (e) {
      if (!(e instanceof RangeError)) throw e;
      this.#over = true; // a record that would be too long
      return undefined;
    }
  }

  toSend(): Uint8Array {
    const out = this.#out;
    this.#out = NONE;
    return out;
  }

  get isOver(): boolean {
    return this.#over;
  }
}

/** ONC RPC: the procedures are numbered by their order, from 1. */
export function oncTransport(options: {
  readonly program: number;
  readonly version: number;
  readonly procedures: ProcedureTypes;
}): Transport {
  const { program, version, procedures } = options;
  return {
    calling: (first) => new OncCalling(program, version, procedures, first),
    serving(bodies: Bodies) {
      const served = new Map<number, OncProcedure>();
      for (const [i, [name, [argument, result]]] of Object.entries(procedures).entries()) {
        served.set(i + 1, { argument, result, run: bodies[name] });
      }
      return new OncServing({ program, version, procedures: served });
    },
  };
}
