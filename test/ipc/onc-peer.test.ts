// The lab's ONC RPC against programs in C, by rpcgen and libtirpc: each understands what the other one sends.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerTo,
  callBytes,
  type OncProcedure,
  type OncReply,
  replyIn,
} from '../../harness/ipc/onc-message.ts';
import { marked, Records } from '../../harness/ipc/record-marking.ts';
import { decoded, encoded, type ValueOf, type Xdr, xdr } from '../../harness/ipc/xdr.ts';

const sources = new URL('onc-peer/', import.meta.url).pathname;
const run = (command: string, ...rest: string[]): string =>
  execFileSync(command, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** How to compile with libtirpc; undefined where something for that is missing. */
function flags(): string[] | undefined {
  try {
    run('cc', '--version');
    const all = run('pkg-config', '--cflags', '--libs', 'libtirpc').trim().split(/\s+/);
    run('rpcgen', '-h', join(sources, 'peer.x'));
    return all;
  } catch {
    return undefined;
  }
}
const tirpc = flags();

const everything = xdr.struct({
  ...{ whole: xdr.int, natural: xdr.unsigned, wide: xdr.hyper, truth: xdr.bool, real: xdr.double },
  ...{ text: xdr.string(), bytes: xdr.opaque(), three: xdr.fixedOpaque(3), numbers: xdr.array(xdr.int) },
  maybe: xdr.optional(xdr.int),
});
type Everything = ValueOf<typeof everything>;
const given: Everything = {
  ...{ whole: -5, natural: 4_000_000_000, wide: 1_234_567_890_123n, truth: true, real: 0.5 },
  ...{
    text: 'hallo Ærø',
    bytes: Uint8Array.of(1, 0, 2, 3, 4),
    three: Uint8Array.of(7, 8, 9),
    numbers: [1, -2],
  },
  maybe: 41,
};
const turn = (e: Everything): Everything => ({
  ...{ ...e, whole: -e.whole, natural: e.natural + 1, wide: -e.wide, truth: !e.truth, real: e.real / 2 },
  maybe: e.maybe === undefined ? undefined : e.maybe + 1,
});
const [PROGRAM, VERSION, TURN, LENGTH, NOTHING] = [0x20000001, 1, 1, 2, 3];

const missing = 'apt-get install gcc pkgconf rpcsvc-proto libtirpc-dev';
describe.skipIf(tirpc === undefined)(`programs in C${tirpc ? '' : ` (skipped: ${missing})`}`, () => {
  let folder: string;
  const built = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'onc-peer-'));
    const from = join(sources, 'peer.x');
    // Without a path, since rpcgen writes it into what it makes.
    execFileSync('cp', [from, folder]);
    for (const [kind, to] of [
      ['-h', 'peer.h'],
      ['-c', 'peer_xdr.c'],
      ['-m', 'peer_svc.c'],
    ])
      execFileSync('rpcgen', [kind, '-o', to, 'peer.x'], { cwd: folder });
    const compile = (program: string, ...more: string[]): string =>
      run(
        ...(['cc', '-w', '-I', folder, '-o', built(program), join(sources, `${program}.c`)] as const),
        ...[...more, 'peer_xdr.c'].map(built),
        ...(tirpc as string[]),
      );
    compile('server', 'peer_svc.c');
    compile('client');
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('that serve', () => {
    let server: ChildProcess;
    let line: Socket;
    beforeAll(async () => {
      server = spawn(built('server'), { stdio: ['ignore', 'pipe', 'inherit'] });
      const [port] = await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line');
      line = connect(Number(port), '127.0.0.1');
      await once(line, 'connect');
    }, 60_000);
    afterAll(() => {
      line?.destroy();
      server?.kill('SIGKILL');
    });

    /** What the server answers to a record. */
    async function answer(record: Uint8Array, inPieces = false): Promise<OncReply> {
      const bytes = marked(record);
      if (inPieces) {
        // As two fragments: 8 bytes of the record, and the rest.
        line.write(Uint8Array.of(0, 0, 0, 8, ...record.slice(0, 8)));
        line.write(marked(record.slice(8)));
      } else line.write(bytes);
      const records = new Records();
      for (;;) {
        const [piece] = (await once(line, 'data')) as [Uint8Array];
        records.add(new Uint8Array(piece));
        const reply = records.next();
        if (reply !== undefined) return replyIn(reply);
      }
    }
    const call = { xid: 1, program: PROGRAM, version: VERSION, procedure: TURN, argument: new Uint8Array(0) };

    it.each([false, true])(
      'understand what the lab sends, and are understood (in fragments: %s)',
      async (cut) => {
        for (const value of [given, { ...given, maybe: undefined, numbers: [], text: '' }]) {
          const record = callBytes({ ...call, xid: 0xfedcba98, argument: encoded(everything, value) });
          const { xid, outcome, result } = await answer(record, cut);
          expect([xid, outcome]).toEqual([0xfedcba98, 'SUCCESS']);
          expect(decoded(everything, result)).toEqual(turn(value));
        }
        const length = await answer(
          callBytes({ ...call, procedure: LENGTH, argument: encoded(xdr.string(), 'Ærø') }),
          cut,
        );
        expect(decoded(xdr.int, length.result)).toBe(5);
        for (const procedure of [0, NOTHING])
          expect(await answer(callBytes({ ...call, procedure }), cut)).toMatchObject({
            outcome: 'SUCCESS',
            result: new Uint8Array(0),
          });
      },
    );

    it.each([
      ['PROG_UNAVAIL', { program: PROGRAM + 1 }],
      ['PROG_MISMATCH', { version: 9 }],
      ['PROC_UNAVAIL', { procedure: 99 }],
      ['GARBAGE_ARGS', {}],
    ])('refuse as the lab does: %s', async (outcome, other) => {
      const record = callBytes({ ...call, ...other });
      expect((await answer(record)).outcome).toBe(outcome);
      const own = replyIn(answerTo(record, served) as Uint8Array);
      expect(own.outcome).toBe(outcome);
    });
  });

  it('that call understand what the lab answers, and are understood', async () => {
    const server = createServer((socket) => {
      const records = new Records();
      socket.on('data', (piece) => {
        records.add(new Uint8Array(piece));
        for (let record = records.next(); record !== undefined; record = records.next()) {
          const reply = answerTo(record, served);
          if (reply !== undefined) socket.write(marked(reply));
        }
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = spawn(built('client'), [`${(server.address() as AddressInfo).port}`]);
    let said = '';
    client.stdout.on('data', (piece) => {
      said += piece;
    });
    const [code] = await once(client, 'close');
    server.close();
    expect(code).toBe(0);
    expect(said.trim().split('\n')).toEqual([
      '0', // RPC_SUCCESS
      '5 4000000001 -1234567890123 0 0.25 hello 5 3 -2 42',
      '0 5', // bytes
      '0',
      '10 11', // RPC_PROCUNAVAIL, RPC_CANTDECODEARGS
      '9', // RPC_PROGVERSMISMATCH
      '8', // RPC_PROGUNAVAIL
    ]);
  }, 60_000);
});

const procedure = <A, R>(argument: Xdr<A>, result: Xdr<R>, body: (value: A) => R): OncProcedure => ({
  argument: argument as Xdr<unknown>,
  result: result as Xdr<unknown>,
  run: (value) => body(value as A),
});
const served = {
  program: PROGRAM,
  version: VERSION,
  procedures: new Map([
    [TURN, procedure(everything, everything, turn)],
    [LENGTH, procedure(xdr.string(), xdr.int, (text) => new TextEncoder().encode(text).length)],
    [NOTHING, procedure(xdr.nothing, xdr.nothing, () => {})],
  ]),
};
