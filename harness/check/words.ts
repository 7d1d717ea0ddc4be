// Steps in words: in the problem's own where it has some, else as the student wrote them.

import { kernelDeaths } from '../ipc/operation.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import { RECORD_WORDS } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { elementOf } from '../shared/element.ts';
import { errorName } from '../shared/error-names.ts';
import { NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { JOINED } from '../sync/message-operations.ts';
import { kindsWithMessages } from '../sync/messages.ts';
import { bufferOperations, deathOperations, operations, plainOperations } from '../sync/operations.ts';
import type { Player } from './finding.ts';
import { castOf, type Standing } from './run-view.ts';

/** The processes of a case, named. */
export function playersOf(problem: AnyProblem, c: Case): Player[] {
  return castOf(problem, c).map(({ role, number, alone }, process) => ({
    process,
    role,
    number,
    name: alone ? role : `${role} ${number}`,
  }));
}

/** Those of them that took steps in `trace`, and the store buffers that did: buffer p of n is number n + p. */
export function withBuffers(players: readonly Player[], trace: readonly { process: number }[]): Player[] {
  const buffers = players.map(({ name, role, number, process }) => ({
    process: players.length + process,
    role,
    number,
    name: `${name}'s buffer`,
  }));
  return [...players, ...buffers.filter((b) => trace.some((step) => step.process === b.process))];
}

/** The name of object `id`: its place in `share`. */
export const objectName = (objects: ObjectNames, id: number): string => objects[id]?.name ?? `object ${id}`;

function shown(kind: string, value: number): string {
  return elementOf(kind) === 'bool' ? String(value !== 0) : String(value);
}

const element = (objects: ObjectNames, id: number, index: number): string =>
  objects[id]?.kind.endsWith('Array') ? `${objectName(objects, id)}[${index}]` : objectName(objects, id);

function eventText(problem: AnyProblem, event: number, process: number, by: number, value: number): string {
  const says = Object.values(problem.specification.events)[event]?.says ?? 'event';
  return typeof says === 'function' ? says({ by, process, value }) : says;
}

/** What a call is shown as: internal steps by the call they belong to. */
const calls: Readonly<Record<string, string>> = {
  granted: 'wait',
  timedGranted: 'timedWait',
  pass: 'wait',
  sent: 'send',
  timedSent: 'timedSend',
  received: 'receive',
  timedReceived: 'timedReceive',
};

/** What a step on an object that holds messages came to: `(3, 7)`, `() → 3, 7`. */
function messageInWords(operation: Operation, objects: ObjectNames, trace: Int32Array, at: number): string {
  const { name, on, carries } = operation;
  const result = trace[at + Field.RESULT];
  const count = objects[trace[at + Field.OBJECT]]?.words ?? 1;
  const words = [trace[at + Field.ARGUMENT], trace[at + Field.MORE], trace[at + Field.LAST]];
  const given = carries === 'out' ? words.slice(0, on === 'direct' ? count - 1 : count).join(', ') : '';
  if ((trace[at + Field.BITS] & Bit.GAVE_UP) !== 0) return `(${given}) times out`;
  if (result === JOINED) return `(${given}) waits for a ${carries === 'out' ? 'receiver' : 'sender'}`;
  if (name === 'sent' || name === 'timedSent') return '() goes on: it was received';
  if (carries === 'out') return name === 'send' ? `(${given})` : `(${given}) → ${result === 1}`;
  if (carries !== 'in') return '()';
  if (result === 1) return `() → ${words.slice(0, count).join(', ')}`;
  return name === 'tryReceive' ? '() → undefined' : '() → undefined: it is closed';
}

const isCondition = (on: string): boolean => on === 'condition' || on === 'pthreadCondition';

/** What a call on a kernel object came to: `(4) → 4 bytes`. */
function callInWords(operation: Operation, argument: number, result: number): string {
  const call = `(${operation.given?.(argument) ?? ''})`;
  if (result === NOT_YET) return `${call} has to wait`;
  if (result === NOTHING_DONE) {
    if (operation.giveUp) return `${call} times out`;
    if (operation.name === 'tryReceive') return `${call} → undefined`;
    const isTrue = operation.shows?.(argument, 0).endsWith(' → true');
    return `${call}${isTrue ? ' → false' : ' finds that it would have to wait'}`;
  }
  if (result < 0) return `${call} fails: ${errorName(-result)}`;
  return operation.shows?.(argument, result) ?? call;
}

/** What a recorded step is in words: operation, object, and a few words. `at` is the record's first word. */
export function stepInWords(
  problem: AnyProblem,
  players: readonly Player[],
  objects: ObjectNames,
  trace: Int32Array,
  doubles: Float64Array,
  step: number,
): { operation: string; object: string; text: string } {
  const at = step * RECORD_WORDS;
  const { name, on, code } = operations[trace[at + Field.OPERATION]];
  const id = trace[at + Field.OBJECT];
  const index = trace[at + Field.INDEX];
  const process = trace[at + Field.PROCESS];
  const before = doubles[(at + Field.BEFORE) >> 1];
  const after = doubles[(at + Field.AFTER) >> 1];
  const result = trace[at + Field.RESULT];
  if (code === deathOperations.killed.code) {
    return {
      operation: 'killed',
      object: '',
      text: `is killed (SIGKILL)${beforeWhat(problem, objects, trace, at)}`,
    };
  }
  if (code === plainOperations.event.code) {
    const event = Object.keys(problem.specification.events)[id] ?? `event ${id}`;
    const text = eventText(problem, id, process, players[process]?.number ?? 0, trace[at + Field.ARGUMENT]);
    return { operation: 'event', object: event, text };
  }
  if (code === plainOperations.pause.code) {
    const ms = trace[at + Field.ARGUMENT];
    return {
      operation: ms > 0 ? 'sleep' : 'think',
      object: '',
      text: ms > 0 ? `sleeps (${ms} ms)` : 'thinks',
    };
  }
  const kind = objects[id]?.kind ?? on;
  const object = element(objects, id, index);
  if (code === plainOperations.read.code) {
    return { operation: 'read', object, text: `reads ${object} = ${shown(kind, before)}` };
  }
  if (code === plainOperations.write.code) {
    const to = (trace[at + Field.BITS] & Bit.BUFFERED) !== 0 ? ', into its buffer' : '';
    return { operation: 'write', object, text: `writes ${object} = ${shown(kind, after)}${to}` };
  }
  if (code === bufferOperations.flush.code) {
    return { operation: 'flush', object, text: `brings ${object} = ${shown(kind, after)} to memory` };
  }
  if (code === plainOperations.misuse.code) return { operation: 'misuse', object, text: `misuses ${object}` };
  if (name === 'inherit') return { operation: name, object, text: `${object}: its owner has died` };
  if (name === 'abandon') return { operation: name, object, text: `waits no more at ${object}` };
  if (code === kernelDeaths.closed.code)
    return { operation: name, object, text: `${object}: what it had open is closed` };
  if (name === 'undo') {
    const change = on === 'semaphore' ? ` (${before} → ${after})` : '';
    return { operation: name, object, text: `${object}: what it took and gave is undone${change}` };
  }
  if (isCondition(on) && name === 'woken') {
    return {
      operation: 'woken',
      object,
      text: result === 1 ? `is woken at ${object}` : `wakes spuriously at ${object}`,
    };
  }
  if (kindsWithMessages.has(on)) {
    const said = messageInWords(operations[trace[at + Field.OPERATION]], objects, trace, at);
    return { operation: calls[name] ?? name, object, text: `${object}.${calls[name] ?? name}${said}` };
  }
  if (operations[trace[at + Field.OPERATION]].span === 'kernel') {
    const said = callInWords(operations[trace[at + Field.OPERATION]], trace[at + Field.ARGUMENT], result);
    return { operation: name, object, text: `${object}.${name}${said}` };
  }
  const gaveUp = (trace[at + Field.BITS] & Bit.GAVE_UP) !== 0;
  const call = calls[name] ?? name;
  let outcome = '';
  if (gaveUp) outcome = ' times out';
  else if (
    name.startsWith('try') ||
    name.startsWith('timed') ||
    name === 'compareAndSet' ||
    name === 'ownerDied'
  )
    outcome = result ? ' → true' : ' → false';
  else if (['value', 'load', 'exchange', 'add', 'isSet'].includes(name)) outcome = ` → ${result}`;
  else if (on === 'semaphore' && name === 'wait' && result === 0 && before === 0)
    outcome = ' joins the queue';
  else if (name === 'granted') outcome = ' is granted';
  else if (on === 'semaphore') outcome = ` (${before} → ${after})`;
  const given: number[] = [];
  if (on === 'atomicInt32' && name !== 'load') given.push(trace[at + Field.ARGUMENT]);
  if (name === 'compareAndSet') given.push(trace[at + Field.SECOND]);
  if (name === 'ownerDied') return { operation: call, object, text: `${object}.ownerDied${outcome}` };
  return { operation: call, object, text: `${object}.${call}(${given.join(', ')})${outcome}` };
}

/** What a process that is killed was about to do, as the record at word `at` tells. */
function beforeWhat(problem: AnyProblem, objects: ObjectNames, trace: Int32Array, at: number): string {
  const code = trace[at + Field.ARGUMENT];
  const id = trace[at + Field.SECOND];
  if (code === plainOperations.event.code) {
    return ` before its event '${Object.keys(problem.specification.events)[id] ?? id}'`;
  }
  if (code === plainOperations.pause.code) return '';
  const object = element(objects, id, trace[at + Field.INDEX]);
  if (code === plainOperations.read.code) return ` before it reads ${object}`;
  if (code === plainOperations.write.code) return ` before it writes ${object}`;
  const { name, on } = operations[code];
  if (isCondition(on) && name.endsWith('oken')) return ` while it waits at ${object}`;
  return ` before ${object}.${calls[name] ?? name}()`;
}

/** What a process was about to do. */
export function standingInWords(objects: ObjectNames, s: Standing): string {
  const { name, on, given } = operations[s.operation];
  const object = element(objects, s.object, s.index);
  if (given !== undefined) return `${object}.${name}(${given(s.argument)})`;
  if (isCondition(on)) return `${object}.wait()`;
  if (name === 'ownerDied') return `${object}.ownerDied`;
  return `${object}.${calls[name] ?? name}()`;
}
