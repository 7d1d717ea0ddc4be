// The lab's gRPC against @grpc/grpc-js, over a Unix-domain socket: each understands what the other one sends.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket, type Server as SocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grpcTransport } from '../../harness/ipc/grpc-transport.ts';
import { protoOf } from '../../harness/ipc/proto.ts';
import type { Answer, Bodies, Calling } from '../../harness/ipc/transport.ts';
import { type ValueOf, type Xdr, xdr } from '../../harness/ipc/xdr.ts';

const everything = xdr.struct({
  ...{ whole: xdr.int, natural: xdr.unsigned, wide: xdr.hyper, truth: xdr.bool, real: xdr.double },
  ...{ text: xdr.string(), bytes: xdr.opaque(), three: xdr.fixedOpaque(3), numbers: xdr.array(xdr.int) },
  ...{ maybe: xdr.optional(xdr.int), inner: xdr.struct({ reals: xdr.array(xdr.double) }) },
  words: xdr.array(xdr.string()),
});
type Everything = ValueOf<typeof everything>;
const given: Everything = {
  ...{ whole: -5, natural: 4_000_000_000, wide: -1_234_567_890_123n, truth: true, real: 0.5 },
  ...{ text: 'hallo Ærø', bytes: Uint8Array.of(1, 0, 2, 3, 4), three: Uint8Array.of(7, 8, 9) },
  ...{ numbers: [1, -2], maybe: 0, inner: { reals: [0, -0.25] }, words: ['', 'a'] },
};
const plain: Everything = {
  ...{ whole: 0, natural: 0, wide: 0n, truth: false, real: 0, text: '', bytes: new Uint8Array(0) },
  ...{ three: new Uint8Array(3), numbers: [], maybe: undefined, inner: { reals: [] }, words: [] },
};
const turn = (e: Everything): Everything => ({
  ...{ ...e, whole: -e.whole || 0, wide: -e.wide, truth: !e.truth, words: e.words.toReversed() },
  maybe: e.maybe === undefined ? undefined : e.maybe + 1,
});

const procedures = {
  turn: [everything, everything],
  length: [xdr.string(), xdr.int],
  nothing: [xdr.nothing, xdr.nothing],
  grow: [xdr.int, xdr.string()],
} as unknown as Readonly<Record<string, readonly [Xdr<unknown>, Xdr<unknown>]>>;
const bodies = {
  turn,
  length: (text: string) => Buffer.byteLength(text),
  nothing: () => {},
  grow: (n: number) => 'g'.repeat(n),
} as unknown as Bodies;
const transport = grpcTransport({ service: 'interleave.Peer', procedures });

const { 'interleave.Peer': peer } = loadSync(new URL('grpc-peer/peer.proto', import.meta.url).pathname, {
  ...{ keepCase: true, longs: String, defaults: true },
}) as unknown as Record<string, grpc.ServiceDefinition>;

/** As protobufjs has the same value. */
const foreign = ({ wide, bytes, three, ...rest }: Everything): object => ({
  ...rest,
  ...{ wide: `${wide}`, bytes: Buffer.from(bytes), three: Buffer.from(three) },
});
/** As the lab has what protobufjs has read. */
const own = (value: Record<string, unknown>): Everything => {
  const { wide, bytes, three, maybe, ...rest } = value;
  return {
    ...(rest as unknown as Everything),
    ...{ wide: BigInt(wide as string), maybe: maybe as number | undefined },
    ...{ bytes: new Uint8Array(bytes as Buffer), three: new Uint8Array(three as Buffer) },
  };
};

const folder = mkdtempSync(join(tmpdir(), 'grpc-peer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('messages', () => {
  const proto = protoOf(everything as Xdr<unknown>);
  const { requestSerialize, requestDeserialize } = peer.turn;
  const text = fc.string({ unit: 'grapheme' });
  const values = fc.record({
    ...{ whole: fc.integer(), natural: fc.nat({ max: 0xffffffff }), truth: fc.boolean() },
    wide: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    ...{ real: fc.double(), text, bytes: fc.uint8Array(), words: fc.array(text) },
    three: fc.uint8Array({ minLength: 3, maxLength: 3 }),
    numbers: fc.array(fc.integer()),
    maybe: fc.option(fc.integer(), { nil: undefined }),
    inner: fc.record({ reals: fc.array(fc.double()) }),
  });

  it('are read by protobufjs as they were written, and the other way round', () => {
    fc.assert(
      fc.property(values, (value) => {
        const theirs = requestDeserialize(Buffer.from(proto.encoded(value))) as Record<string, unknown>;
        expect(own(theirs)).toEqual(value);
        expect(proto.decoded(new Uint8Array(requestSerialize(foreign(value))))).toEqual(value);
      }),
      { numRuns: 40 },
    );
  });

  it('are the same bytes, where nothing has its default', () => {
    expect(Buffer.from(proto.encoded(given)).toString('hex')).toBe(
      requestSerialize(foreign(given)).toString('hex'),
    );
  });
});

describe('a client of grpc-js', () => {
  const path = join(folder, 'lab');
  let server: SocketServer;
  let client: grpc.Client;
  beforeAll(async () => {
    server = createServer((socket) => {
      const serving = transport.serving(bodies);
      socket.on('error', () => {});
      socket.on('data', (piece) => {
        serving.received(new Uint8Array(piece));
        while (serving.answerNext()) socket.write(serving.toSend());
        socket.write(serving.toSend());
        if (serving.isOver) socket.end();
      });
    });
    server.listen(path);
    await once(server, 'listening');
    client = new grpc.Client(`unix:${path}`, grpc.credentials.createInsecure());
  });
  afterAll(() => {
    client?.close();
    server?.close();
  });

  const ask = (method: string, argument: unknown, by = client): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { path: at, requestSerialize, responseDeserialize } = peer[method];
      by.makeUnaryRequest(at, requestSerialize, responseDeserialize, argument, (error, value) =>
        error === null ? resolve(value) : reject(error),
      );
    });

  it('understands what the lab answers, and is understood', async () => {
    for (const value of [given, plain, given]) {
      expect(own((await ask('turn', foreign(value))) as Record<string, unknown>)).toEqual(turn(value));
    }
    expect(await ask('length', { value: 'Ærø' })).toEqual({ value: 5 });
    expect(await ask('nothing', {})).toEqual({});
  });

  it('makes many calls at once', async () => {
    const lengths = Array.from({ length: 20 }, (_, i) => ask('length', { value: 'x'.repeat(i * 1000) }));
    expect(await Promise.all(lengths)).toEqual(lengths.map((_, i) => ({ value: i * 1000 })));
  });

  it('sends and takes more than a window holds', async () => {
    expect(await ask('length', { value: 'x'.repeat(300_000) })).toEqual({ value: 300_000 });
    const { value } = (await ask('grow', { value: 300_000 })) as { value: string };
    expect(value.length).toBe(300_000);
    await expect(ask('length', { value: 'x'.repeat(1_100_000) })).rejects.toMatchObject({
      code: grpc.status.RESOURCE_EXHAUSTED,
    });
    expect(await ask('length', { value: 'Ærø' })).toEqual({ value: 5 });
  });

  it('is refused as gRPC says', async () => {
    await expect(ask('missing', {})).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
      details: 'there is no /interleave.Peer/missing',
    });
    // three: bytes of another length than the type has
    await expect(ask('turn', { three: Buffer.of(1) })).rejects.toMatchObject({
      code: grpc.status.INVALID_ARGUMENT,
      details: expect.stringContaining('Uint8Array of 3 bytes'),
    });
    const zipping = new grpc.Client(`unix:${path}`, grpc.credentials.createInsecure(), {
      'grpc.default_compression_algorithm': 2,
    });
    await expect(ask('nothing', {}, zipping)).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
      details: 'messages are not compressed by gzip',
    });
    zipping.close();
  });
});

describe('a server of grpc-js', () => {
  const path = join(folder, 'theirs');
  const server = new grpc.Server();
  let line: Socket;
  let calling: Calling;
  let cancelled = 0;
  const attempts: unknown[] = [];
  beforeAll(async () => {
    server.addService(peer, {
      turn: (call: grpc.ServerUnaryCall<object, object>, done: grpc.sendUnaryData<object>) =>
        done(null, foreign(turn(own(call.request as Record<string, unknown>)))),
      length(call: grpc.ServerUnaryCall<{ value: string }, object>, done: grpc.sendUnaryData<object>) {
        const { value } = call.request;
        if (value === 'refuse') done({ code: grpc.status.INVALID_ARGUMENT, details: 'Ærø, 100 %' });
        else done(null, { value: Buffer.byteLength(value) });
      },
      // Never answers.
      nothing(call: grpc.ServerUnaryCall<object, object>) {
        attempts.push(call.metadata.get('grpc-previous-rpc-attempts')[0]);
        call.on('cancelled', () => {
          cancelled++;
        });
      },
      grow: (call: grpc.ServerUnaryCall<{ value: number }, object>, done: grpc.sendUnaryData<object>) =>
        done(null, { value: 'g'.repeat(call.request.value) }),
    });
    await new Promise<void>((resolve, reject) =>
      server.bindAsync(`unix:${path}`, grpc.ServerCredentials.createInsecure(), (error) =>
        error === null ? resolve() : reject(error),
      ),
    );
    line = connect(path);
    await once(line, 'connect');
    calling = transport.calling(0);
  });
  afterAll(() => {
    line?.destroy();
    server.forceShutdown();
  });

  /** What the call that was made last comes to. */
  async function answer(): Promise<Answer> {
    for (;;) {
      const known = calling.answer();
      if (known !== undefined) return known;
      line.write(calling.toSend());
      const [piece] = (await once(line, 'data')) as [Uint8Array];
      calling.received(new Uint8Array(piece));
    }
  }
  const ask = (procedure: string, argument: unknown, milliseconds?: number): Promise<Answer> => {
    calling.call(procedure, argument, milliseconds);
    return answer();
  };

  it('understands what the lab sends, and is understood', async () => {
    for (const value of [given, plain, given]) {
      expect(await ask('turn', value)).toEqual({ outcome: 'SUCCESS', value: turn(value) });
    }
    expect(await ask('length', 'Ærø')).toEqual({ outcome: 'SUCCESS', value: 5 });
  });

  it('sends and takes more than a window holds', async () => {
    expect(await ask('length', 'x'.repeat(300_000))).toEqual({ outcome: 'SUCCESS', value: 300_000 });
    const grown = await ask('grow', 300_000);
    expect(grown.outcome === 'SUCCESS' && grown.value === 'g'.repeat(300_000)).toBe(true);
  });

  it('refuses, and the lab says why', async () => {
    expect(await ask('length', 'refuse')).toEqual({
      ...{ outcome: 'GARBAGE_ARGS', detail: 'INVALID_ARGUMENT, Ærø, 100 %' },
    });
    const other = grpcTransport({ service: 'interleave.Peer', procedures: { absent: procedures.nothing } });
    const others = calling;
    const socket = line;
    line = connect(path);
    calling = other.calling(0);
    expect(await ask('absent', undefined)).toMatchObject({ outcome: 'PROC_UNAVAIL' });
    line.destroy();
    [calling, line] = [others, socket];
    expect(await ask('length', 'x')).toEqual({ outcome: 'SUCCESS', value: 1 });
  });

  it('is told how long an answer is waited for, how often it was asked before, and when it is not waited for', async () => {
    expect(await ask('nothing', undefined, 30)).toEqual({ outcome: 'LATE' });
    calling.again();
    expect(await answer()).toEqual({ outcome: 'LATE' });
    expect(attempts).toEqual([undefined, '1']);
    const before = cancelled;
    calling.call('nothing', undefined);
    line.write(calling.toSend());
    await expect.poll(() => attempts.length).toBe(3);
    expect(await ask('length', 'x')).toEqual({ outcome: 'SUCCESS', value: 1 });
    await expect.poll(() => cancelled).toBe(before + 1);
  });
});
