// HTTP/2 between two ends of the lab's own, and what each of them does about an end that breaks the rules. Against Node's it is
// held in grpc-peer.test.ts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Http2Connection, type Http2Event } from '../../harness/ipc/http2-connection.ts';
import { type Frame, Frames, FrameType, frameBytes, word } from '../../harness/ipc/http2-frame.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const frame = (type: number, flags: number, stream: number, payload: readonly number[] = []): Uint8Array =>
  frameBytes({ type, flags, stream, payload: Uint8Array.from(payload) });
const framesIn = (sent: Uint8Array): Frame[] => {
  const frames = new Frames();
  frames.add(sent);
  const all: Frame[] = [];
  for (let one = frames.next(); one !== undefined; one = frames.next()) all.push(one);
  return all;
};

/** Both ends; what each says goes to the other in pieces of so many bytes, until neither says anything. */
function pair(size = 65_536) {
  const client = new Http2Connection('client');
  const server = new Http2Connection('server');
  const events = { client: [] as Http2Event[], server: [] as Http2Event[] };
  const carry = (from: Http2Connection, to: Http2Connection, seen: Http2Event[]): boolean => {
    const sent = from.toSend();
    for (let at = 0; at < sent.length; at += size) {
      to.received(sent.slice(at, at + size));
      for (let event = to.next(); event !== undefined; event = to.next()) seen.push(event);
    }
    return sent.length > 0;
  };
  const settle = (): void => {
    while (
      [carry(client, server, events.server), carry(server, client, events.client)].some((said) => said)
    ) {
      // until nobody has anything more to say
    }
  };
  return { client, server, events, settle };
}

/** The data of a stream, of all events about it. */
const dataOf = (events: readonly Http2Event[], stream: number): string =>
  events
    .map((e) => (e.kind === 'data' && e.stream === stream ? Buffer.from(e.bytes).toString() : ''))
    .join('');

const PREFACE = bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const SETTINGS = frame(FrameType.SETTINGS, 0, 0);
const BEGINS = frame(FrameType.HEADERS, 0x4, 1, [0x83]);

describe('HTTP/2', () => {
  it('begins with the preface and settings, and answers settings', () => {
    const { client, server } = pair();
    const said = client.toSend();
    expect(said.slice(0, 24)).toEqual(PREFACE);
    expect(framesIn(said.slice(24))).toEqual([
      { type: FrameType.SETTINGS, flags: 0, stream: 0, payload: Uint8Array.of(0, 2, 0, 0, 0, 0) },
    ]);
    expect(server.toSend()).toEqual(new Uint8Array(0)); // nothing before the client has begun
    server.received(said);
    server.next();
    expect(framesIn(server.toSend()).map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.SETTINGS, 0],
      [FrameType.SETTINGS, 1],
    ]);
  });

  it('carries headers, data and trailers, however they are cut, and more than its windows hold', () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constant(65_536));
    const length = fc.oneof(fc.nat(100), fc.nat(200_000));
    fc.assert(
      fc.property(size, length, length, (cut, asked, answered) => {
        const { client, server, events, settle } = pair(asked + answered > 1000 ? 40_000 : cut);
        const [question, answer] = ['q'.repeat(asked), 'a'.repeat(answered)];
        const stream = client.begin();
        client.headers(stream, [[':method', 'POST']]);
        client.data(stream, bytes(question), true);
        settle();
        expect(events.server[0]).toMatchObject({ kind: 'headers', headers: [[':method', 'POST']] });
        expect(events.server.at(-1)).toMatchObject({ stream: 1, ends: true });
        expect(dataOf(events.server, 1) === question).toBe(true);
        server.headers(stream, [[':status', '200']]);
        server.data(stream, bytes(answer));
        server.headers(stream, [['grpc-status', '0']], true);
        settle();
        expect(dataOf(events.client, 1) === answer).toBe(true);
        expect(events.client.at(-1)).toMatchObject({ headers: [['grpc-status', '0']], ends: true });
        expect([client.isHeldUp, server.isHeldUp, client.over, server.over]).toEqual([
          ...[false, false],
          ...[undefined, undefined],
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('sends no more than the other side has room for', () => {
    const { client, server } = pair();
    const stream = client.begin();
    client.headers(stream, [[':method', 'POST']]);
    client.data(stream, new Uint8Array(100_000), true);
    const sent = (): number =>
      framesIn(client.toSend()).reduce(
        (sum, { type, payload }) => sum + (type === FrameType.DATA ? payload.length : 0),
        0,
      );
    client.received(SETTINGS);
    client.next();
    const begun = client.toSend();
    const data = framesIn(begun.slice(24)).filter(({ type }) => type === FrameType.DATA);
    expect(data.reduce((sum, { payload }) => sum + payload.length, 0)).toBe(65_535);
    expect(Math.max(...data.map(({ payload }) => payload.length))).toBe(16_384);
    expect([client.isHeldUp, client.waits(stream)]).toEqual([true, true]);
    // Room on the stream alone is none, and none on the stream neither.
    client.received(frame(FrameType.WINDOW_UPDATE, 0, stream, word(1000)));
    client.next();
    expect(sent()).toBe(0);
    client.received(frame(FrameType.WINDOW_UPDATE, 0, 0, word(40_000)));
    client.next();
    expect(sent()).toBe(1000);
    // The window of streams grows and shrinks by what the settings say, below nothing too.
    client.received(frame(FrameType.SETTINGS, 0, 0, [0, 4, ...word(65_535 - 10)]));
    client.received(frame(FrameType.WINDOW_UPDATE, 0, stream, word(30)));
    client.next();
    expect(sent()).toBe(20);
    expect(server.over).toBeUndefined();
  });

  it('goes on with other streams where one is given up, and keeps room for what comes on it', () => {
    const { client, server, events, settle } = pair();
    const first = client.begin();
    client.headers(first, [[':method', 'POST']], true);
    settle();
    server.headers(first, [[':status', '200']]);
    server.data(first, new Uint8Array(200_000), true);
    const late = server.toSend(); // a whole window of it is on its way
    client.reset(first, 'CANCEL');
    const second = client.begin();
    client.headers(second, [[':method', 'POST']], true);
    client.received(late);
    expect(client.next()).toBeUndefined();
    settle();
    expect(events.server).toContainEqual({ kind: 'reset', stream: first, code: 'CANCEL' });
    expect(server.isHeldUp).toBe(false);
    server.data(second, bytes('x'.repeat(100_000)), true);
    settle();
    expect(dataOf(events.client, second).length).toBe(100_000);
  });

  it('answers a ping, and looks past what it does not know', () => {
    const { server } = pair();
    for (const part of [PREFACE, SETTINGS, frame(FrameType.PING, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])]) {
      server.received(part);
    }
    for (const part of [frame(99, 0xff, 5, [1]), frame(FrameType.PRIORITY, 0, 3, [0, 0, 0, 0, 1])]) {
      server.received(part);
    }
    expect(server.next()).toBeUndefined();
    expect(server.over).toBeUndefined();
    expect(framesIn(server.toSend()).at(-1)).toEqual({
      ...{ type: FrameType.PING, flags: 1, stream: 0, payload: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    });
  });

  it('reads headers with padding, with a priority, and in several frames', () => {
    const { server } = pair();
    server.received(Uint8Array.of(...PREFACE, ...SETTINGS));
    server.received(frame(FrameType.HEADERS, 0x8 | 0x20, 1, [2, 0, 0, 0, 0, 7, 0x83, 0, 0]));
    server.received(frame(FrameType.CONTINUATION, 0x4, 1, [0x86]));
    expect(server.next()).toEqual({
      ...{ kind: 'headers', stream: 1, ends: false },
      headers: [
        [':method', 'POST'],
        [':scheme', 'http'],
      ],
    });
    server.received(frame(FrameType.DATA, 0x8 | 0x1, 1, [3, 42, 0, 0, 0]));
    expect(server.next()).toEqual({ kind: 'data', stream: 1, bytes: Uint8Array.of(42), ends: true });
  });

  it('writes headers that are too long for a frame in several', () => {
    const { client, events, settle } = pair();
    const value = 'v'.repeat(40_000);
    client.headers(client.begin(), [['x', value]], true);
    settle();
    expect(events.server).toEqual([{ kind: 'headers', stream: 1, headers: [['x', value]], ends: true }]);
  });

  it('takes a hundred streams at once, and refuses more', () => {
    const { client, events, settle } = pair();
    for (let i = 0; i < 101; i++) client.headers(client.begin(), [[':method', 'POST']]);
    settle();
    expect(events.server.length).toBe(100);
    expect(events.client).toEqual([{ kind: 'reset', stream: 201, code: 'REFUSED_STREAM' }]);
  });

  it.each<[string, string, readonly Uint8Array[]]>([
    ['another preface', 'PROTOCOL_ERROR', [bytes('GET / HTTP/1.1\r\nHost: x\r\n\r\n')]],
    ['no settings', 'PROTOCOL_ERROR', [PREFACE, frame(FrameType.PING, 0, 0, Array(8).fill(0))]],
    ['a long frame', 'FRAME_SIZE_ERROR', [PREFACE, SETTINGS, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1)]],
    ['data on stream 0', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, frame(FrameType.DATA, 0, 0)]],
    ['data on no stream', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, frame(FrameType.DATA, 0, 1)]],
    [
      'data behind the end',
      'STREAM_CLOSED',
      [PREFACE, SETTINGS, frame(FrameType.HEADERS, 0x5, 1, [0x83]), frame(FrameType.DATA, 0, 1)],
    ],
    ['an even stream', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, frame(FrameType.HEADERS, 0x4, 2, [0x83])]],
    ['no HPACK', 'COMPRESSION_ERROR', [PREFACE, SETTINGS, frame(FrameType.HEADERS, 0x4, 1, [0x80])]],
    [
      'a frame within headers',
      'PROTOCOL_ERROR',
      [PREFACE, SETTINGS, frame(FrameType.HEADERS, 0, 1, [0x83]), SETTINGS],
    ],
    ['more padding than frame', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, BEGINS, frame(0, 0x8, 1, [5, 0])]],
    ['a push', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, frame(FrameType.PUSH_PROMISE, 0x4, 1, [0, 0, 0, 2])]],
    ['short settings', 'FRAME_SIZE_ERROR', [PREFACE, SETTINGS, frame(FrameType.SETTINGS, 0, 0, [1])]],
    [
      'a huge window',
      'FLOW_CONTROL_ERROR',
      [PREFACE, frame(FrameType.SETTINGS, 0, 0, [0, 4, 255, 255, 255, 255])],
    ],
    ['tiny frames', 'PROTOCOL_ERROR', [PREFACE, frame(FrameType.SETTINGS, 0, 0, [0, 5, 0, 0, 0, 1])]],
    ['a short ping', 'FRAME_SIZE_ERROR', [PREFACE, SETTINGS, frame(FrameType.PING, 0, 0, [1])]],
    ['no room', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, frame(FrameType.WINDOW_UPDATE, 0, 0, word(0))]],
    [
      'too much room',
      'FLOW_CONTROL_ERROR',
      [PREFACE, SETTINGS, frame(FrameType.WINDOW_UPDATE, 0, 0, word(2 ** 31 - 1))],
    ],
    ['a reset of what is not', 'PROTOCOL_ERROR', [PREFACE, SETTINGS, frame(3, 0, 1, word(8))]],
  ])('ends a connection with %s by %s', (_, code, sent) => {
    const server = new Http2Connection('server');
    server.received(Uint8Array.from(sent.flatMap((part) => [...part])));
    for (let event = server.next(); event !== undefined; event = server.next()) {
      // what came before the fault
    }
    expect(server.over?.code).toBe(code);
    const last = framesIn(server.toSend()).at(-1);
    expect(last?.type).toBe(FrameType.GOAWAY);
    expect(server.next()).toBeUndefined();
    expect(server.toSend()).toEqual(new Uint8Array(0));
  });

  it('reads, or ends with an error of its own, whatever comes', () => {
    const anyFrame = fc
      .record({
        type: fc.integer({ min: 0, max: 10 }),
        flags: fc.integer({ min: 0, max: 255 }),
        stream: fc.integer({ min: 0, max: 5 }),
        payload: fc.uint8Array({ maxLength: 30 }),
      })
      .map(frameBytes);
    const any = fc.array(fc.oneof({ weight: 5, arbitrary: anyFrame }, fc.uint8Array({ maxLength: 20 })));
    fc.assert(
      fc.property(any, fc.boolean(), (parts, isServer) => {
        const end = new Http2Connection(isServer ? 'server' : 'client');
        if (!isServer) end.headers(end.begin(), [[':method', 'POST']], true);
        if (isServer) end.received(PREFACE);
        end.received(SETTINGS);
        for (const part of parts) end.received(part);
        for (let event = end.next(); event !== undefined; event = end.next()) {
          // whatever it is
        }
        end.toSend();
      }),
      { numRuns: 500 },
    );
  });
});
