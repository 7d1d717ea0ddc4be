// How calls of remote objects fail.

/**
 * Why a call has no result. `THROWN`: the method threw, in the other process. `GONE`: that process has ended, and the method was
 * not run. `NO_ANSWER`: it ended before it answered, and nobody knows.
 */
export type RemoteFailure = 'THROWN' | 'GONE' | 'NO_ANSWER' | 'NO_OBJECT' | 'NO_METHOD' | 'NO_NAME';

const means: Readonly<Record<RemoteFailure, string>> = {
  THROWN: 'its method threw',
  GONE: 'the process that has the object has ended. Nothing was run',
  NO_ANSWER:
    'the process that has the object has ended before it answered, and nobody knows whether the method was run',
  NO_OBJECT: 'the object was withdrawn by unexport',
  NO_METHOD: 'the object has no such method',
  NO_NAME: 'no other process is left that could export it',
};

/** A call of a remote object without a result. `code` says why. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteFailure;
  /** Of `THROWN`: the name and the message of what the method threw. */
  readonly thrown: { readonly name: string; readonly message: string } | undefined;

  constructor(what: string, code: RemoteFailure, thrown?: { name: string; message: string }) {
    super(
      thrown === undefined
        ? `${what} failed: ${code}, ${means[code]}.`
        : `${what} failed: ${thrown.name}: ${thrown.message}`,
    );
    this.code = code;
    this.thrown = thrown && Object.freeze(thrown);
  }
}
