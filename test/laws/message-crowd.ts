// Processes that send and receive over any mechanism.
import { Ending } from '../../harness/process/control.ts';
import type { Ran, Stage } from '../ipc/stage.ts';
import type { MessageMechanism } from './message-mechanisms.ts';

/** What processes tell besides the numbers of messages. */
export const Told = {
  /** The end was received. */
  END: -1,
  /** Nobody is there any more who receives. */
  BROKEN: -2,
  READY: -3,
  DONE: -4,
} as const;

export interface Crowd {
  readonly senders?: number;
  readonly receivers?: number;
  /** What they do, each with its `line`. */
  readonly sender: string;
  readonly receiver: string;
  /** What they share. Default: what has room for some. */
  readonly share?: string;
  /** Bytes of a message. Default 4. */
  readonly size?: number;
  /** A second object that they have open as well, as `spare`. */
  readonly spare?: string;
  /** Whether all have their ends before anybody goes on. Default: yes. */
  readonly together?: boolean;
}

/** Loads processes that send and receive. There `send(n)` and `receive()` are about numbers; `trySend` says whether it was sent. */
export async function load(stage: Stage, m: MessageMechanism, crowd: Crowd): Promise<void> {
  const { senders = 1, receivers = 1, share = m.share, size = 4, spare, together = true } = crowd;
  const all = senders + receivers;
  await stage.ready();
  await stage.load(
    `{ o: ${share}, ${spare === undefined ? '' : `spare: ${spare},`} together: barrier(${all}), left: atomicInt32(${senders}), turns: [semaphore(1), semaphore(0)], sent: latch(${senders}) }`,
    `const senders = ${senders}, receivers = ${receivers};
     const packed = (n, size = 4) => { const data = new Uint8Array(size); for (let i = 0; i < 4; i++) data[i] = n >> (8 * i); return data; };
     const sends = ${m.sends};
     const receives = ${m.receives};
     const { o } = shared;
     const isSender = me.number < senders;
     const open = isSender ? sends : receives;
     const line = open(o);
     const spare = shared.spare === undefined ? undefined : open(shared.spare);
     const trySend = (n) => {
       try { line.send(packed(n, ${size})); return true; }
       catch (e) { if (e.code !== 'EAGAIN' || !${m.full === 'refuses'}) throw e; return false; }
     };
     const send = (n) => { while (!trySend(n)) sleep(1); };
     const receive = (from = line) => {
       let got = new Uint8Array(0);
       while (got.length < ${size}) {
         const more = from.receive(${size} - got.length);
         if (more === undefined) {
           if (got.length > 0) throw new Error('the end within a message');
           return undefined;
         }
         const both = new Uint8Array(got.length + more.length);
         both.set(got);
         both.set(more, got.length);
         got = both;
       }
       for (let i = 4; i < got.length; i++) if (got[i] !== 0) throw new Error('torn');
       return int32In(got);
     };
     const broken = (e) => { if (!(e instanceof IpcError) || !['EPIPE', 'ECONNRESET', 'ESRCH'].includes(e.code)) throw e; me.tell(${Told.BROKEN}); };
     ${together ? 'shared.together.wait();' : ''}
     if (isSender) { ${crowd.sender} } else { ${crowd.receiver} }`,
    all,
  );
}

/** A run at full speed. One that was cut short, on a busy machine, says nothing. */
export async function atFullSpeed(stage: Stage, seed = 0): Promise<Ran> {
  for (let attempt = 1; ; attempt++) {
    await stage.ready();
    const run = stage.free(seed);
    if (run.outcome.ending !== Ending.CUT || attempt === 5) return run;
  }
}
