// gRPC as a machine of bytes: what it answers, and how it fails, whatever the other side says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeoutHeader } from '../../harness/ipc/grpc-calling.ts';
import { prefixed } from '../../harness/ipc/grpc-message.ts';
import { fromPercents, inPercents } from '../../harness/ipc/grpc-status.ts';
import { grpcTransport } from '../../harness/ipc/grpc-transport.ts';
import type { Header } from '../../harness/ipc/hpack.ts';
import { Http2Connection, type Http2Event } from '../../harness/ipc/http2-connection.ts';
import { FrameType, frameBytes, word } from '../../harness/ipc/http2-frame.ts';
import { protoOf } from '../../harness/ipc/proto.ts';
import type { Answer, Calling, Serving } from '../../harness/ipc/transport.ts';
import { type Xdr, xdr } from '../../harness/ipc/xdr.ts';

const int = xdr.int as Xdr<unknown>;
const text = xdr.string() as Xdr<unknown>;
const transport = grpcTransport({
  service: 'a.B',
  procedures: { double: [int, int], grow: [int, text], measure: [text, int] },
});
const ran: number[][] = [];
const bodies = {
  double(n: unknown, xid: number) {
    ran.push([n as number, xid]);
    return 2 * (n as number);
  },
  grow: (n: unknown) => 'g'.repeat(n as number),
  measure: (said: unknown) => (said as string).length,
};
const served = (): Serving => transport.serving(bodies);

/** Carries what both say until neither says anything, and gives the answer. */
function settled(calling: Calling, serving: Serving): Answer | undefined {
  for (;;) {
    const asked = calling.toSend();
    serving.received(asked);
    let said = asked.length > 0;
    for (let more = true; more; ) {
      more = serving.answerNext();
      const answer = serving.toSend();
      calling.received(answer);
      said ||= answer.length > 0;
    }
    const answer = calling.answer();
    if (answer !== undefined || !said) return answer;
  }
}

describe('calls by gRPC', () => {
  it('have results, one after the other on a connection, and a stream each', () => {
    const [calling, serving] = [transport.calling(0), served()];
    ran.length = 0;
    for (const n of [1, -2, 0]) {
      calling.call('double', n);
      expect(settled(calling, serving)).toEqual({ outcome: 'SUCCESS', value: 2 * n || 0 });
    }
    expect(ran).toEqual([
      [1, 1],
      [-2, 3],
      [0, 5],
    ]);
  });

  it('are one piece to send, and one to answer, where they are short', () => {
    const [calling, serving] = [transport.calling(0), served()];
    for (let i = 0; i < 3; i++) {
      calling.call('double', 4);
      expect(calling.isSent).toBe(false);
      serving.received(calling.toSend());
      expect(calling.isSent).toBe(true);
      expect(serving.answerNext()).toBe(true);
      calling.received(serving.toSend());
      expect(calling.answer()).toEqual({ outcome: 'SUCCESS', value: 8 });
      expect(serving.answerNext()).toBe(false);
      expect(serving.toSend().length).toBe(0);
    }
  });

  it('carry more than windows hold', () => {
    const [calling, serving] = [transport.calling(0), served()];
    calling.call('measure', 'x'.repeat(200_000));
    expect(settled(calling, serving)).toEqual({ outcome: 'SUCCESS', value: 200_000 });
    calling.call('grow', 200_000);
    expect(settled(calling, serving)).toEqual({ outcome: 'SUCCESS', value: 'g'.repeat(200_000) });
    expect(() => calling.call('measure', 'x'.repeat(1_100_000))).toThrow('use at most 1048576');
    calling.call('double', 1);
    expect(settled(calling, serving)).toEqual({ outcome: 'SUCCESS', value: 2 });
  });

  it('are run where they are given up once they have come, and their answer is not taken for another', () => {
    const [calling, serving] = [transport.calling(0), served()];
    ran.length = 0;
    calling.call('double', 1, 5);
    serving.received(calling.toSend());
    calling.again();
    serving.received(calling.toSend());
    calling.call('double', 7);
    expect(settled(calling, serving)).toEqual({ outcome: 'SUCCESS', value: 14 });
    expect(ran).toEqual([
      [1, 1],
      [1, 3],
      [7, 5],
    ]);
  });

  it('are not waited for any more where a long answer is given up', () => {
    const [calling, serving] = [transport.calling(0), served()];
    calling.call('grow', 200_000, 5);
    serving.received(calling.toSend());
    serving.answerNext();
    calling.received(serving.toSend()); // a part of it; the rest has no room
    expect(calling.answer()).toBeUndefined();
    calling.call('double', 7);
    expect(settled(calling, serving)).toEqual({ outcome: 'SUCCESS', value: 14 });
  });

  it('are none of what is not there, or cannot be written', () => {
    const calling = transport.calling(0);
    expect(() => calling.call('halve', 1)).toThrow('there are double, grow, measure');
    expect(() => calling.call('double', 1.5)).toThrow('use a whole number');
    expect(calling.isSent).toBe(true);
  });

  it.each([
    [0, '1n'],
    [0.2, '1m'],
    [1500, '1500m'],
    [99_999_999, '99999999m'],
    [1e9, '1000000S'],
    [1e15, '99999999S'],
  ])('say that they wait %d milliseconds by %s', (milliseconds, header) => {
    expect(timeoutHeader(milliseconds)).toBe(header);
  });

  it('are made of names that a path can have', () => {
    expect(() => grpcTransport({ service: 'a/b', procedures: {} })).toThrow('a/b');
    expect(() => grpcTransport({ service: 'a', procedures: { 'x y': [int, int] } })).toThrow('x y');
  });
});

const POST: readonly Header[] = [
  [':method', 'POST'],
  [':path', '/a.B/double'],
  ['content-type', 'application/grpc'],
];
const changed = (name: string, value: string): Header[] => [
  ...POST.filter(([n]) => n !== name),
  [name, value],
];
const four = protoOf(int).encoded(4);

describe('a server by gRPC', () => {
  it.each<[string, readonly Header[], readonly Uint8Array[], Header[]]>([
    ['no procedure', changed(':path', '/a.B/halve'), [prefixed(four)], [['grpc-status', '12']]],
    ['another service', changed(':path', '/a.C/double'), [prefixed(four)], [['grpc-status', '12']]],
    ['compression', [...POST, ['grpc-encoding', 'gzip']], [prefixed(four)], [['grpc-status', '12']]],
    ['a compressed message', POST, [prefixed(four).with(0, 1)], [['grpc-status', '13']]],
    ['no message', POST, [], [['grpc-status', '12']]],
    ['two messages', POST, [prefixed(four), prefixed(four)], [['grpc-status', '12']]],
    ['half a message', POST, [prefixed(four).slice(0, 6)], [['grpc-status', '13']]],
    ['what is no message', POST, [prefixed(Uint8Array.of(0xff))], [['grpc-status', '3']]],
    ['too much', POST, [new Uint8Array(1_060_000)], [['grpc-status', '8']]],
    ['GET', changed(':method', 'GET'), [], [[':status', '405']]],
    ['another type', changed('content-type', 'text/html'), [], [[':status', '415']]],
    ['a good call', POST, [prefixed(four)], [['grpc-status', '0']]],
  ])('answers %s by its status', (_, headers, data, status) => {
    const client = new Http2Connection('client');
    const serving = served();
    const stream = client.begin();
    client.headers(stream, headers);
    for (const part of data) client.data(stream, part);
    client.data(stream, new Uint8Array(0), true);
    const said: Http2Event[] = [];
    for (let sent = client.toSend(); sent.length > 0; sent = client.toSend()) {
      serving.received(sent);
      for (let more = true; more; ) {
        more = serving.answerNext();
        client.received(serving.toSend());
      }
      for (let event = client.next(); event !== undefined; event = client.next()) said.push(event);
    }
    const last = said.at(-1);
    expect(last).toMatchObject({ kind: 'headers', ends: true });
    expect(last?.kind === 'headers' ? last.headers : []).toEqual(expect.arrayContaining(status));
    expect(serving.isOver).toBe(false);
  });

  it('does not run what was given up before its turn', () => {
    const client = new Http2Connection('client');
    const serving = served();
    ran.length = 0;
    const call = (path: string, n: number): number => {
      const stream = client.begin();
      client.headers(stream, changed(':path', path));
      client.data(stream, prefixed(protoOf(int).encoded(n)), true);
      serving.received(client.toSend());
      return stream;
    };
    const long = call('/a.B/grow', 300_000);
    const second = call('/a.B/double', 2);
    call('/a.B/double', 3);
    expect([serving.answerNext(), serving.toSend().length > 60_000]).toEqual([true, true]);
    expect(serving.answerNext()).toBe(false); // the long answer has no room
    client.reset(second, 'CANCEL');
    client.reset(long, 'CANCEL');
    serving.received(client.toSend());
    expect(serving.answerNext()).toBe(true);
    expect(serving.answerNext()).toBe(false);
    expect(ran.map(([n]) => n)).toEqual([3]);
  });

  it('leaves to the caller what a procedure throws', () => {
    const serving = transport.serving({
      ...bodies,
      double: () => {
        throw new Error('of the procedure');
      },
    });
    const calling = transport.calling(0);
    calling.call('double', 1);
    serving.received(calling.toSend());
    expect(() => serving.answerNext()).toThrow('of the procedure');
  });

  it('is over with whoever does not speak HTTP/2', () => {
    const serving = served();
    serving.received(new Uint8Array(Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')));
    expect(serving.answerNext()).toBe(false);
    expect(serving.isOver).toBe(true);
    expect(Buffer.from(serving.toSend()).toString()).toContain('no preface of HTTP/2');
  });
});

const OK: readonly Header[] = [
  [':status', '200'],
  ['content-type', 'application/grpc'],
];

describe('a client by gRPC', () => {
  /** What a call comes to where the server says this on its stream. */
  function answerTo(say: (server: Http2Connection, stream: number) => void, milliseconds?: number) {
    const calling = transport.calling(0);
    const server = new Http2Connection('server');
    calling.call('double', 4, milliseconds);
    server.received(calling.toSend());
    for (let event = server.next(); event !== undefined; event = server.next()) {
      // the call
    }
    say(server, 1);
    calling.received(server.toSend());
    return calling.answer();
  }
  const trailers =
    (...headers: readonly Header[]) =>
    (server: Http2Connection, stream: number): void => {
      server.headers(stream, OK);
      server.headers(stream, headers, true);
    };
  const answered =
    (data: Uint8Array, status = '0') =>
    (server: Http2Connection, stream: number): void => {
      server.headers(stream, OK);
      server.data(stream, data);
      server.headers(stream, [['grpc-status', status]], true);
    };
  const only =
    (...headers: readonly Header[]) =>
    (server: Http2Connection, stream: number): void =>
      server.headers(stream, headers, true);

  it.each<[string, (server: Http2Connection, stream: number) => void, string, string]>([
    ['UNIMPLEMENTED', trailers(['grpc-status', '12']), 'PROC_UNAVAIL', 'UNIMPLEMENTED'],
    [
      'INVALID_ARGUMENT',
      only(...OK, ['grpc-status', '3'], ['grpc-message', 'n%C3%B6']),
      'GARBAGE_ARGS',
      'INVALID_ARGUMENT, nö',
    ],
    ['UNAUTHENTICATED', trailers(['grpc-status', '16']), 'AUTH_ERROR', 'UNAUTHENTICATED'],
    ['INTERNAL', trailers(['grpc-status', '13']), 'SYSTEM_ERR', 'INTERNAL'],
    ['DEADLINE_EXCEEDED for no reason', trailers(['grpc-status', '4']), 'SYSTEM_ERR', 'DEADLINE_EXCEEDED'],
    ['a status that nobody knows', trailers(['grpc-status', '77']), 'SYSTEM_ERR', 'UNKNOWN'],
    ['no status', trailers(), 'BAD_REPLY', 'without a status'],
    ['a status that is none', trailers(['grpc-status', 'ok']), 'BAD_REPLY', 'without a status'],
    [
      'data without a status',
      (s, n) => [s.headers(n, OK), s.data(n, prefixed(four), true)],
      'BAD_REPLY',
      'without a status',
    ],
    ['no message', answered(new Uint8Array(0)), 'BAD_REPLY', 'none'],
    ['two messages', answered(Uint8Array.of(...prefixed(four), 0)), 'BAD_REPLY', 'several'],
    ['half a message', answered(prefixed(four).slice(0, -1)), 'BAD_REPLY', 'cut off'],
    ['a compressed message', answered(prefixed(four).with(0, 1)), 'BAD_REPLY', 'compressed'],
    ['what is no message', answered(prefixed(Uint8Array.of(0xff))), 'BAD_REPLY', 'expected'],
    ['a page', only([':status', '200'], ['content-type', 'text/html']), 'BAD_REPLY', 'not of gRPC'],
    ['HTTP 404', only([':status', '404']), 'PROC_UNAVAIL', 'HTTP status 404'],
    ['HTTP 403', only([':status', '403']), 'AUTH_ERROR', 'HTTP status 403'],
    ['HTTP 502', only([':status', '502']), 'SYSTEM_ERR', 'HTTP status 502'],
    ['a refusal', (s, n) => s.reset(n, 'REFUSED_STREAM'), 'CANT_SEND', 'REFUSED_STREAM'],
    ['the end of the stream', (s, n) => s.reset(n, 'INTERNAL_ERROR'), 'SYSTEM_ERR', 'INTERNAL_ERROR'],
  ])('says what %s is', (_, say, outcome, detail) => {
    expect(answerTo(say)).toEqual({ outcome, detail: expect.stringContaining(detail) });
  });

  it('takes the end of its time from the server, and what is said for information only', () => {
    expect(answerTo(trailers(['grpc-status', '4']), 5)).toEqual({ outcome: 'LATE' });
    const hinted = answerTo((server, stream) => {
      server.headers(stream, [[':status', '103']]);
      answered(prefixed(four))(server, stream);
    });
    expect(hinted).toEqual({ outcome: 'SUCCESS', value: 4 });
  });

  const goaway = (last: number): Uint8Array =>
    Uint8Array.of(
      ...frameBytes({ type: FrameType.SETTINGS, flags: 0, stream: 0, payload: new Uint8Array(0) }),
      ...frameBytes({
        ...{ type: FrameType.GOAWAY, flags: 0, stream: 0 },
        payload: Uint8Array.of(...word(last), ...word(0)),
      }),
    );

  it('may call somebody else where the server goes and has not looked at the call', () => {
    const calling = transport.calling(0);
    calling.call('double', 1);
    calling.toSend();
    calling.received(goaway(1));
    expect(calling.answer()).toBeUndefined(); // this one is answered yet
    calling.call('double', 1);
    expect(calling.answer()).toEqual({ outcome: 'CANT_SEND' });
  });

  it('says what was wrong with what it cannot read', () => {
    const calling = transport.calling(0);
    calling.call('double', 1);
    calling.toSend();
    calling.received(new Uint8Array(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(calling.answer()).toMatchObject({
      outcome: 'BAD_REPLY',
      detail: expect.stringContaining('FRAME_SIZE_ERROR'),
    });
    calling.call('double', 1);
    expect(calling.answer()?.outcome).toBe('BAD_REPLY');
  });
});

describe('text in headers of gRPC', () => {
  it('comes back as it was', () => {
    expect(inPercents('Ærø 100 %')).toBe('%C3%86r%C3%B8 100 %25');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (said) => {
        expect(inPercents(said)).toMatch(/^[ -~]*$/);
        expect(fromPercents(inPercents(said))).toBe(said);
      }),
    );
    expect(fromPercents('100%, %zz')).toBe('100%, %zz');
  });
});
