// Messages of ONC RPC: their bytes by RFC 5531, and what a server answers to whatever it is sent.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo, callBytes, type OncProgram, replyIn } from '../../harness/ipc/onc-message.ts';
import { encoded, type Xdr, XdrError, xdr } from '../../harness/ipc/xdr.ts';

const words = (bytes: Uint8Array): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, i) => Buffer.from(bytes).readUInt32BE(4 * i));
const bytes = (...numbers: number[]): Uint8Array =>
  Uint8Array.from(numbers.flatMap((n) => [...encoded(xdr.unsigned, n)]));

const served: OncProgram = {
  program: 0x20000001,
  version: 3,
  procedures: new Map([
    [
      1,
      {
        argument: xdr.int as Xdr<unknown>,
        result: xdr.int as Xdr<unknown>,
        run: (n: unknown, xid: number) => {
          if (n === 13) throw new XdrError('of the procedure');
          return 2 * (n as number) + (xid === 99 ? 1 : 0);
        },
      },
    ],
  ]),
};
const call = { xid: 7, program: 0x20000001, version: 3, procedure: 1, argument: encoded(xdr.int, 21) };
const answered = (record: Uint8Array) => replyIn(answerTo(record, served) as Uint8Array);

describe('messages of ONC RPC', () => {
  it('are written as RFC 5531 says', () => {
    // xid, CALL, RPC version, program, version, procedure, AUTH_NONE twice, the argument
    expect(words(callBytes(call))).toEqual([7, 0, 2, 0x20000001, 3, 1, 0, 0, 0, 0, 21]);
    // xid, REPLY, MSG_ACCEPTED, AUTH_NONE, SUCCESS, the result
    expect(words(answerTo(callBytes(call), served) as Uint8Array)).toEqual([7, 1, 0, 0, 0, 0, 42]);
  });

  it('tell a procedure the number of the call', () => {
    expect(answered(callBytes({ ...call, xid: 99 })).result).toEqual(encoded(xdr.int, 43));
  });

  it.each([
    ['another program', { program: 0x20000002 }, 'PROG_UNAVAIL', [7, 1, 0, 0, 0, 1]],
    ['another version', { version: 4 }, 'PROG_MISMATCH', [7, 1, 0, 0, 0, 2, 3, 3]],
    ['another procedure', { procedure: 2 }, 'PROC_UNAVAIL', [7, 1, 0, 0, 0, 3]],
    ['no argument', { argument: bytes() }, 'GARBAGE_ARGS', [7, 1, 0, 0, 0, 4]],
    ['too much of an argument', { argument: bytes(1, 2) }, 'GARBAGE_ARGS', [7, 1, 0, 0, 0, 4]],
    ['the null procedure', { procedure: 0, argument: bytes() }, 'SUCCESS', [7, 1, 0, 0, 0, 0]],
  ])('answer %s', (_, other, outcome, expected) => {
    const record = callBytes({ ...call, ...other });
    expect(words(answerTo(record, served) as Uint8Array)).toEqual(expected);
    expect(answered(record)).toMatchObject({ xid: 7, outcome });
  });

  it('answer another version of RPC by the one that is spoken', () => {
    const record = bytes(7, 0, 3, 1, 2, 3);
    expect(words(answerTo(record, served) as Uint8Array)).toEqual([7, 1, 1, 0, 2, 2]);
    expect(answered(record).outcome).toBe('RPC_MISMATCH');
  });

  it('read who asks, and a refusal of it', () => {
    expect(answered(bytes(7, 0, 2, 0x20000001, 3, 1, 1, 8, 1, 2, 0, 0, 21)).result).toEqual(bytes(42));
    expect(replyIn(bytes(7, 1, 1, 1, 5)).outcome).toBe('AUTH_ERROR');
  });

  it('answer nothing to what is no call, and do not fall over it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (record) => {
        const answer = answerTo(record, served);
        if (answer !== undefined) expect(replyIn(answer).outcome).not.toBe('SUCCESS');
      }),
    );
    expect(answerTo(bytes(7, 1, 0, 0, 0, 0), served)).toBeUndefined();
    expect(answerTo(callBytes(call).slice(0, 30), served)).toBeUndefined();
  });

  it('leave to the caller what a procedure throws', () => {
    expect(() => answerTo(callBytes({ ...call, argument: encoded(xdr.int, 13) }), served)).toThrow(
      'of the procedure',
    );
  });

  it.each([
    ['a call', bytes(7, 0, 2)],
    ['neither accepted nor denied', bytes(7, 1, 2)],
    ['of an unknown outcome', bytes(7, 1, 0, 0, 0, 6)],
    ['cut off', bytes(7, 1, 0, 0)],
  ])('are no reply that are %s', (_, record) => {
    expect(() => replyIn(record)).toThrow(XdrError);
  });
});
