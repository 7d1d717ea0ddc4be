// What a finding says to a learner: what happened, to what, and the likely cause or next step.
import type { AnyProblem } from '../problem/problem.ts';
import type { Player, Waiting } from './finding.ts';
import type { Judgement } from './judgement.ts';
import { kindWords } from './kind-words.ts';

export interface MessageContext {
  readonly problem: AnyProblem;
  readonly players: readonly Player[];
  readonly waiting: readonly Waiting[];
  /** The processes that were killed. Default: none. */
  readonly killed?: readonly number[];
  readonly cycle: readonly number[] | undefined;
  readonly object: string | undefined;
  readonly objectKind: string | undefined;
  /** Preemptive switches of the run, where it was controlled. */
  readonly switches?: number | undefined;
  /** A race: the whole message. */
  readonly race?: string | undefined;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The message of a finding. */
export function messageOf(judgement: Judgement, x: MessageContext): string {
  const j = { ...judgement, ...(judgement.detail && { detail: judgement.detail.replace(/\.+$/, '') }) };
  const name = (p: number | undefined): string =>
    p === undefined ? 'a process' : (x.players[p]?.name ?? `process ${p}`);
  switch (j.kind) {
    case 'deadlock':
      return deadlock(x, name);
    case 'unsafe':
      return `${name(j.process)} broke the rule '${j.rule}'${j.detail ? `: ${j.detail}` : ''}. ${j.advice ?? 'Look at what should have kept it waiting at that moment, and why it did not.'}`;
    case 'lost':
      return j.process === undefined
        ? `all${x.killed?.length ? ' other' : ''} processes have ended, but '${j.rule}' does not hold${j.detail ? `: ${j.detail}` : ''}. ${lostAdvice(x, name)}`
        : `${name(j.process)} broke the rule '${j.rule}'${j.detail ? `: ${j.detail}` : ''}. Look for two processes that read or change the same place between each other's steps.`;
    case 'misuse':
      return `${name(j.process)} misused ${x.object ?? 'a shared object'}: ${j.detail}. ${/consistent/.test(j.detail ?? '') ? ROBUST : kindWords(x.objectKind)}`;
    case 'race':
      return x.race ?? `two processes access ${x.object ?? 'the same data'}, and nothing orders the two.`;
    case 'crash':
      return j.detail?.startsWith('its process')
        ? `${name(j.process)} crashed: ${j.detail}.`
        : `${name(j.process)} threw an exception: ${j.detail}. ${crashAdvice(j, x)}`;
    case 'left-behind':
      return `all processes have ended, but ${x.object ?? 'a lock'} is still held${j.process === undefined ? ` (${j.detail})` : ` by ${name(j.process)}`}. Every lock needs an unlock on every path out, also on the early ones.`;
    case 'non-terminating':
      if (j.detail === 'steps') {
        return 'the processes go on for ever: after tens of thousands of steps, the last of them under a fair schedule, somebody still has not ended. Look for a loop whose condition nobody will ever change.';
      }
      return j.detail === 'loop'
        ? `${name(j.process)} loops for ever without taking a step: nobody else can ever change what it waits for. Wait with a semaphore or a condition, or read shared data in the loop.`
        : `${name(j.process)} hangs inside a single call, without taking a step.`;
    case 'busy-waiting':
      return `${name(j.process)} waits for ever by looking at ${x.object ?? 'the same data'} again and again, and nobody will ever change what it sees: tens of thousands of steps under a fair schedule did not. Look for the write, post or unlock that should have come, and wait with a semaphore or a condition instead of a loop.`;
    case 'livelock':
      return `${list((j.detail ?? '').split(' ').map((p) => name(Number(p))))} move for ever, and nobody gets on: each gives way because of what the others do, and the same states come back again and again, under a fair schedule too. Break the tie: let one of them insist, by a fixed order or by whose turn it is.`;
    case 'starvation':
      return `somebody who waits was passed over too often. ${name(j.process)} broke the rule '${j.rule}'${j.detail ? `: ${j.detail}` : ''}. With more rounds this could go on for ever. Whoever lets the next one in must look who has waited longest, or who was in last.`;
    case 'nondeterministic':
      return j.detail === 'share'
        ? 'share creates different objects in different processes. Every process evaluates it for itself and must come to the same objects: it may depend on the case only.'
        : 'the same schedule did not give the same run. Something in the solution depends on more than its shared objects.';
    case 'over-synchronised':
      return `'${j.rule}' must be possible, but no schedule reached it${j.detail ? ` (${j.detail})` : ''}. The solution lets fewer processes go on at the same time than it could: a lock is held for too long, or is too wide.`;
    case 'forbidden':
      if (j.object === undefined) return `the solution uses a ${j.rule}: ${j.detail}.`;
      return `the solution uses ${x.object ?? 'an object'} (${x.objectKind}), which this problem rules out: ${j.detail}.`;
    default:
      return j.detail ?? j.kind;
  }
}

/** What to keep in mind of a robust mutex. */
const ROBUST =
  'Where ownerDied says true, mend what the mutex guards, call consistent(), and only then unlock it.';

function lostAdvice({ killed = [] }: MessageContext, name: (p: number) => string): string {
  return killed.length === 0
    ? 'Somebody stopped too early, or something was overwritten before it was used.'
    : `${list(killed.map(name))} ${killed.length === 1 ? 'was' : 'were'} killed on the way: look at what was left half done, and who should have gone on.`;
}

function crashAdvice(j: Judgement, x: MessageContext): string {
  if (/^Error: implement/.test(j.detail ?? '')) return 'This role is still to be written.';
  if (/^RangeError: Maximum call stack/.test(j.detail ?? ''))
    return 'Calls go too deep: a function calls itself without end, or once for each of many rounds. Use a loop.';
  if (/^IpcError: .* failed: EPIPE/.test(j.detail ?? ''))
    return 'Whoever was to read has closed its end, or has ended: look why it did not wait for this.';
  if (/^RemoteError: .* failed: (GONE|NO_ANSWER),/.test(j.detail ?? ''))
    return 'Whoever is called from afar may be gone: catch that, and go on without it.';
  return x.switches === 0
    ? 'It happens without any unlucky switch: look at the line itself first.'
    : 'In this interleaving it meets a state that the code does not expect.';
}

/** Whether it waits to send or to receive a message. */
const isMessage = (w: Waiting | undefined): boolean =>
  w !== undefined && w.end === undefined && /\.(send|receive)\(\)$/.test(w.text);

/** Whether it has called a remote object, and waits for the answer. */
const isCall = (w: Waiting | undefined): boolean => w !== undefined && /\.awaitAnswer\(/.test(w.text);

/** Whether it waits to read what others send to it from remote objects. */
const isRemote = (w: Waiting): boolean => isCall(w) || /\.(awaitName|serve)\(\)$/.test(w.text);

/** Whether it waits for what others send: a message, a connection, bytes of a stream. */
const isSent = (w: Waiting): boolean =>
  isMessage(w) || /\.(connect|accept|(client|server|left|right)\.(read|write))\(\)$/.test(w.text);

/** Whether it waits for a signal, which is kept until it is taken. */
const isSignal = ({ text }: Waiting): boolean => /\.wait\(SIG[^)]*\)$/.test(text);

/** What did not come, where all who are left wait. */
function missing(waiting: readonly Waiting[]): string {
  if (waiting.every(isMessage)) return 'send, receive or close';
  if (waiting.every(isSignal)) return 'signal';
  if (waiting.every(isRemote)) return 'call, answer, export or release';
  return waiting.every(isSent) ? 'message, connection or end of a stream' : 'post, signal or unlock';
}

function deadlock(x: MessageContext, name: (p: number | undefined) => string): string {
  const of = (p: number): Waiting | undefined => x.waiting.find((w) => w.process === p);
  if (x.cycle && x.cycle.length === 1) {
    const self = of(x.cycle[0]);
    if (self?.end !== undefined) {
      return `${name(x.cycle[0])} waits for itself: it calls ${self.text}, and nobody but itself has ${self.end} open any more. As after fork(2), every process has both ends of it open: close those that you do not use, and those that you are done with.`;
    }
    const advice = self?.text.endsWith('.writeLock()')
      ? 'Nobody who holds such a lock, for reading or writing, can lock it for writing: unlock it first, then look again at what was read before.'
      : 'A lock is not recursive: unlock it first, or do not lock it twice.';
    return `${name(x.cycle[0])} waits for itself: it calls ${self?.text} while it holds ${self?.object} already. ${advice}`;
  }
  if (x.cycle) {
    const chain = x.cycle.map((p, i) => {
      const next = x.cycle?.[(i + 1) % x.cycle.length];
      const w = of(p);
      if (isCall(w)) return `${name(p)} has called ${name(next)} and waits for its answer`;
      if (w !== undefined && isMessage(w)) return `${name(p)} waits in ${w.text} for ${name(next)}`;
      return w?.end === undefined
        ? `${name(p)} waits for ${w?.object}, which ${name(next)} holds`
        : `${name(p)} waits in ${w.text} for ${name(next)}, which has ${w.end} open`;
    });
    if (x.cycle.every((p) => isCall(of(p)))) {
      return `nobody can ever move again: ${chain.join(', and ')}. Whoever waits for an answer runs no calls of others: call back one way, by send, or let it serve meanwhile, by serveWhileWaiting.`;
    }
    if (x.cycle.every((p) => isMessage(of(p)))) {
      return `nobody can ever move again: ${chain.join(', and ')}. Each waits for the other to go first: let one of them receive before it sends, or give the boxes room for what is on its way.`;
    }
    if (x.cycle.every((p) => of(p)?.end !== undefined)) {
      return `nobody can ever move again: ${chain.join(', and ')}. Each waits for the other to go first: ${x.cycle.every((p) => of(p)?.text.endsWith('.read()')) ? 'let one of them write before it reads, or close what it will not write to any more' : 'let one of them read before it writes, or close what it does not use'}.`;
    }
    return `nobody can ever move again: ${list(chain)}. Whoever holds one thing and waits for another can close such a circle: take them in one fixed order, or all at once.`;
  }
  const waits = x.waiting.map((w) => {
    const held = w.heldBy.map((p) => `${name(p)}${x.killed?.includes(p) ? ', which was killed' : ''}`);
    const how = isMessage(w) || isCall(w) ? 'for' : w.end === undefined ? 'held by' : `${w.end} is open in`;
    const holders = held.length > 0 ? ` (${how} ${list(held)})` : '';
    return `${name(w.process)} waits in ${w.text}${holders}`;
  });
  const dead = x.killed ?? [];
  if (x.waiting.some((w) => !isMessage(w) && !isCall(w) && w.heldBy.some((p) => dead.includes(p)))) {
    return `nobody can ever move again: ${list(waits)}. ${list(dead.map(name))} ${dead.length === 1 ? 'was' : 'were'} killed before it was given back, and the kernel gives back nothing that it does not know of: use a robust mutex, or a semaphore with undo.`;
  }
  const done = x.players.length - x.waiting.length - dead.length;
  const rest = done > 0 ? ` The other ${done === 1 ? 'process has' : `${done} processes have`} ended.` : '';
  const lost =
    dead.length > 0 ? ` ${list(dead.map(name))} ${dead.length === 1 ? 'was' : 'were'} killed.` : '';
  if (x.waiting.some((w) => /\.open(Reader|Writer)\(\)$/.test(w.text))) {
    return `nobody can ever move again: ${list(waits)}.${lost}${rest} To open an end of a FIFO is to wait until another process opens the other end: look for who should have done that, and what it did instead.`;
  }
  return `nobody can ever move again: ${list(waits)}.${lost}${rest} Look for the ${missing(x.waiting)} that should have come, and for the path on which it does not${x.waiting.every((w) => isSent(w) || isSignal(w) || isRemote(w)) ? '' : ', or comes before anybody waits'}.`;
}
