// The calling side of gRPC: a stream for each call, and a new one where it is made again.

import { prefixed, UnaryMessage } from './grpc-message.ts';
import { failureOf, failureOfReset, fromPercents, statusName, statusOfHttp } from './grpc-status.ts';
import type { Header } from './hpack.ts';
import { Http2Connection, type Http2Event } from './http2-connection.ts';
import type { Proto, Protos } from './proto.ts';
import { ProtoError } from './proto-source.ts';
import { type Answer, type Calling, noProcedure } from './transport.ts';

/** A header by its name; of several the last. */
export const headerIn = (headers: readonly Header[], name: string): string | undefined =>
  headers.findLast(([n]) => n === name)?.[1];

const isGrpc = (headers: readonly Header[]): boolean =>
  /^application\/grpc($|[+;])/.test(headerIn(headers, 'content-type') ?? '');

/** The time of a call as its header says it: at most eight digits, and at least one nanosecond. */
export function timeoutHeader(milliseconds: number): string {
  if (milliseconds <= 0) return '1n';
  const most = 99_999_999;
  if (milliseconds <= most) return `${Math.ceil(milliseconds)}m`;
  return `${Math.min(most, Math.ceil(milliseconds / 1000))}S`;
}

interface Call {
  readonly procedure: string;
  readonly message: Uint8Array;
  readonly milliseconds: number | undefined;
  /** How often it was made before. */
  attempts: number;
}

export class GrpcCalling implements Calling {
  readonly #service: string;
  readonly #protos: Protos;
  readonly #http = new Http2Connection('client');
  #call: Call | undefined;
  /** The stream of the call, and what has come on it. */
  #stream = 0;
  #message = new UnaryMessage();
  #headers: readonly Header[] | undefined;
  /** The other side answers nothing that was begun behind this stream. */
  #last = Number.POSITIVE_INFINITY;

  constructor(service: string, protos: Protos) {
    this.#service = service;
    this.#protos = protos;
  }

  call(procedure: string, argument: unknown, milliseconds?: number): void {
    const proto = this.#protos.get(procedure);
    if (proto === undefined) throw noProcedure(procedure, this.#protos.keys());
    const message = prefixed(proto[0].encoded(argument));
    this.#begin({ procedure, message, milliseconds, attempts: 0 });
  }

  again(): void {
    if (this.#call !== undefined) this.#begin({ ...this.#call, attempts: this.#call.attempts + 1 });
  }

  #begin(call: Call): void {
    // Nobody waits for the call before this one; nothing happens where it was answered.
    if (this.#stream > 0) this.#http.reset(this.#stream, 'CANCEL');
    this.#call = call;
    this.#headers = undefined;
    this.#message = new UnaryMessage();
    this.#stream = this.#http.begin();
    const { procedure, message, milliseconds, attempts } = call;
    const headers: Header[] = [
      [':method', 'POST'],
      [':scheme', 'http'],
      [':path', `/${this.#service}/${procedure}`],
      [':authority', 'localhost'],
      ['te', 'trailers'],
    ];
    if (milliseconds !== undefined) headers.push(['grpc-timeout', timeoutHeader(milliseconds)]);
    headers.push(['content-type', 'application/grpc+proto']);
    if (attempts > 0) headers.push(['grpc-previous-rpc-attempts', `${attempts}`]);
    this.#http.headers(this.#stream, headers);
    this.#http.data(this.#stream, message, true);
  }

  received(bytes: Uint8Array): void {
    this.#http.received(bytes);
  }

  toSend(): Uint8Array {
    return this.#http.toSend();
  }

  get isSent(): boolean {
    return !this.#http.waits(this.#stream);
  }

  answer(): Answer | undefined {
    for (let event = this.#http.next(); event !== undefined; event = this.#http.next()) {
      const answer = this.#answerIn(event);
      if (answer !== undefined) return answer;
    }
    const { over } = this.#http;
    if (over !== undefined) return { outcome: 'BAD_REPLY', detail: `${over.code}, ${over.message}` };
    return this.#stream > this.#last ? { outcome: 'CANT_SEND' } : undefined;
  }

  #answerIn(event: Http2Event): Answer | undefined {
    if (event.kind === 'going') {
      this.#last = Math.min(this.#last, event.last);
      return undefined;
    }
    if (event.stream !== this.#stream) return undefined;
    switch (event.kind) {
      case 'reset':
        return { outcome: failureOfReset(event.code), detail: `the stream was ended: ${event.code}` };
      case 'data':
        this.#message.add(event.bytes);
        return event.ends ? this.#bad('an answer without a status') : undefined;
      case 'headers':
        return this.#headersIn(event.headers, event.ends);
    }
  }

  #headersIn(headers: readonly Header[], ends: boolean): Answer | undefined {
    if (this.#headers === undefined) {
      const status = headerIn(headers, ':status') ?? '';
      if (/^1\d\d$/.test(status) && !ends) return undefined; // for information only
      this.#headers = headers;
      if (status !== '200' && headerIn(headers, 'grpc-status') === undefined) {
        return this.#given(failureOf(statusOfHttp(status)), `HTTP status ${status}`);
      }
      if (!isGrpc(headers)) return this.#bad('an answer that is not of gRPC');
      if (!ends) return undefined;
    } else if (!ends) return this.#bad('headers within an answer');
    return this.#end(headers);
  }

  /** What the last headers of a stream say. */
  #end(trailers: readonly Header[]): Answer {
    const status = statusName(headerIn(trailers, 'grpc-status') ?? '');
    if (status === undefined) return this.#bad('an answer without a status');
    if (status === 'DEADLINE_EXCEEDED' && this.#call?.milliseconds !== undefined) return { outcome: 'LATE' };
    if (status === 'OK') return this.#value();
    const said = fromPercents(headerIn(trailers, 'grpc-message') ?? '');
    return this.#given(failureOf(status), said === '' ? status : `${status}, ${said}`);
  }

  #value(): Answer {
    if (this.#message.isTooLong) return this.#bad('an answer that is too long');
    const { whole } = this.#message;
    if (typeof whole === 'string') return this.#bad(`messages in an answer: ${whole}`);
    const [, result] = this.#protos.get(this.#call?.procedure ?? '') as readonly [Proto, Proto];
    try {
      return { outcome: 'SUCCESS', value: result.decoded(whole) };
    } catch (e) {
      if (e instanceof ProtoError) return this.#bad(e.message);
      throw e;
    }
  }

  #bad(detail: string): Answer {
    return this.#given('BAD_REPLY', detail);
  }

  /** A failure; what else might come on the stream is not waited for. */
  #given(outcome: Exclude<Answer['outcome'], 'SUCCESS'>, detail: string): Answer {
    this.#http.reset(this.#stream, 'CANCEL');
    return { outcome, detail };
  }
}
