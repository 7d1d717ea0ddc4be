// The side of remote calls that answers them.
import { IpcError } from './ipc-error.ts';
import type { RpcLine } from './rpc-line.ts';
import type { Serving } from './transport.ts';

/** What `call` gives; undefined where the connection is no more. */
function unlessGone<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (e) {
    if (!(e instanceof IpcError)) throw e;
    return undefined;
  }
}

/** Answers the calls on one connection until its end. What a procedure throws is thrown. */
export function serveOne(line: RpcLine, serving: Serving): void {
  while (!serving.isOver) {
    const answered = serving.answerNext();
    // Who called may not wait any more: what else it has sent before is run all the same.
    unlessGone(() => line.send(serving.toSend()));
    if (answered || serving.isOver) continue;
    const more = unlessGone(() => line.receive());
    if (more === undefined) break;
    serving.received(more);
  }
  line.close();
}
