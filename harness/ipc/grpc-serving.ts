// The serving side of gRPC. Calls are run one after the other, in the order in which they came whole.
import { headerIn } from './grpc-calling.ts';
import { prefixed, UnaryMessage } from './grpc-message.ts';
import { type GrpcStatus, inPercents, statusNumber } from './grpc-status.ts';
import type { Header } from './hpack.ts';
import { Http2Connection, type Http2Event } from './http2-connection.ts';
import type { Protos } from './proto.ts';
import { ProtoError } from './proto-source.ts';
import type { Bodies, Serving } from './transport.ts';

/** A call as far as it has come. */
interface Request {
  readonly stream: number;
  readonly headers: readonly Header[];
  readonly message: UnaryMessage;
}

/** Why a call is not run. */
interface Refusal {
  readonly status: GrpcStatus;
  readonly why: string;
}

const HEADERS: readonly Header[] = [
  [':status', '200'],
  ['content-type', 'application/grpc+proto'],
];

export class GrpcServing implements Serving {
  readonly #service: string;
  readonly #protos: Protos;
  readonly #bodies: Bodies;
  readonly #http = new Http2Connection('server');
  readonly #requests = new Map<number, Request>();
  /** Calls that have come whole and were not run, since an answer before them is not sent yet. */
  #whole: Request[] = [];

  constructor(service: string, protos: Protos, bodies: Bodies) {
    this.#service = service;
    this.#bodies = bodies;
    this.#protos = protos;
  }

  received(bytes: Uint8Array): void {
    this.#http.received(bytes);
  }

  toSend(): Uint8Array {
    return this.#http.toSend();
  }

  get isOver(): boolean {
    return this.#http.over !== undefined;
  }

  answerNext(): boolean {
    for (;;) {
      const next = this.#http.isHeldUp ? undefined : this.#whole.shift();
      if (next !== undefined) {
        this.#answer(next);
        return true;
      }
      const event = this.#http.next();
      if (event === undefined) return false;
      this.#take(event);
    }
  }

  #take(event: Http2Event): void {
    if (event.kind === 'going') return;
    const { stream } = event;
    if (event.kind === 'reset') {
      // Who gave it up does not want it run any more, if it was not.
      this.#requests.delete(stream);
      this.#whole = this.#whole.filter((request) => request.stream !== stream);
      return;
    }
    let request = this.#requests.get(stream);
    if (request === undefined) {
      if (event.kind === 'data') return;
      request = { stream, headers: event.headers, message: new UnaryMessage() };
      this.#requests.set(stream, request);
    }
    if (event.kind === 'data') request.message.add(event.bytes);
    if (!event.ends) return;
    this.#requests.delete(stream);
    this.#whole.push(request);
  }

  #answer({ stream, headers, message }: Request): void {
    const http = httpRefusal(headers);
    if (http !== undefined) {
      this.#http.headers(stream, [[':status', http]], true);
      return;
    }
    const call = this.#callIn(headers, message);
    if ('status' in call) {
      const said: Header = ['grpc-message', inPercents(call.why)];
      this.#http.headers(stream, [...HEADERS, ['grpc-status', statusNumber(call.status)], said], true);
      return;
    }
    // The number of the stream is all that a call has for one.
    const result = prefixed(call.result.encoded(call.run(call.argument, stream)));
    this.#http.headers(stream, HEADERS);
    this.#http.data(stream, result);
    this.#http.headers(stream, [['grpc-status', statusNumber('OK')]], true);
  }

  #callIn(headers: readonly Header[], message: UnaryMessage) {
    const path = headerIn(headers, ':path') ?? '';
    const name = path.startsWith(`/${this.#service}/`) ? path.slice(this.#service.length + 2) : '';
    const proto = this.#protos.get(name);
    const refused = (status: GrpcStatus, why: string): Refusal => ({ status, why });
    if (proto === undefined) return refused('UNIMPLEMENTED', `there is no ${path}`);
    const coding = headerIn(headers, 'grpc-encoding') ?? 'identity';
    if (coding !== 'identity') return refused('UNIMPLEMENTED', `messages are not compressed by ${coding}`);
    if (message.isTooLong) return refused('RESOURCE_EXHAUSTED', 'the message is too long');
    const { whole } = message;
    if (whole === 'none' || whole === 'several') return refused('UNIMPLEMENTED', 'a call has one message');
    if (typeof whole === 'string') return refused('INTERNAL', `the message is ${whole}`);
    try {
      return { argument: proto[0].decoded(whole), result: proto[1], run: this.#bodies[name] };
    } catch (e) {
      if (e instanceof ProtoError) return refused('INVALID_ARGUMENT', e.message);
      throw e;
    }
  }
}

/** The status of HTTP for what is no call at all; undefined where it is one. */
function httpRefusal(headers: readonly Header[]): string | undefined {
  if (headerIn(headers, ':method') !== 'POST') return '405';
  return headerIn(headers, 'content-type')?.startsWith('application/grpc') ? undefined : '415';
}
