// The referee does not take a trace on trust: it was written by processes that run student code. Every step is done
// again here, on the referee's own words, by the same tables: each must have been possible when it was taken, found
// the word that the step before it left, and changed it as the table says. A solution that reached the shared
// memory past the gate would contradict itself here.
import { kernelDeaths } from '../ipc/operation.ts';
import { RECORD_WORDS } from '../process/control.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { HEAD, type Operation } from '../shared/operation.ts';
import {
  bufferOperations,
  deathOperations,
  deaths,
  operations,
  plainOperations,
} from '../sync/operations.ts';
import { BufferAudit } from './buffer-audit.ts';
import { MessageAudit } from './message-audit.ts';
import { Ending, type RunView } from './run-view.ts';

const { read, write, event, pause, misuse } = plainOperations;
const { flush } = bufferOperations;
const { killed } = deathOperations;

/** Words on which single-word operations are done again; a record is not needed for them. */
const word = new Int32Array(HEAD);
/** Word 0 of each object so far, and whether it is known. */
const words = new Float64Array(4096);
const known = new Uint8Array(4096);

/** The kinds of kernel objects. */
const kernels: ReadonlySet<string | undefined> = new Set(
  operations.flatMap(({ span, on }) => (span === 'kernel' ? [on] : [])),
);

const fits = (operation: Operation, kind: string | undefined): boolean =>
  operation.on === kind ||
  (operation.on === 'cell' && kind !== undefined) ||
  (operation === kernelDeaths.closed && kernels.has(kind));

/** What contradicts itself in a controlled run; undefined if nothing does. */
export function audit(view: RunView): string | undefined {
  const { trace, doubles, objects, processes, outcome } = view;
  if (objects.length > 4096) return undefined;
  known.fill(0, 0, objects.length);
  const dead = new Set<number>();
  const buffers = new BufferAudit(view);
  const messages = new MessageAudit(view);
  const last = outcome.ending === Ending.MISUSE ? outcome.steps - 1 : outcome.steps;
  for (let i = 0, at = 0; i < last; i++, at += RECORD_WORDS) {
    const mover = trace[at + Field.PROCESS];
    const operation = operations[trace[at + Field.OPERATION]];
    if (operation === undefined || mover < 0) return `step ${i + 1} is no step`;
    const isOfDeath = deaths[operation.code] === 1;
    const process = isOfDeath ? mover % processes : mover;
    const steps = operation === flush ? 2 * processes : processes;
    if (process >= steps || isOfDeath !== mover >= steps) return `step ${i + 1} is no step`;
    if (operation === killed || isOfDeath !== dead.has(process)) {
      if (operation !== killed || dead.has(process))
        return `step ${i + 1} is one of a process that is ${dead.has(process) ? 'dead' : 'alive'}`;
      dead.add(process);
      continue;
    }
    const wrong = buffers.wrong(at);
    if (wrong !== undefined) return `step ${i + 1}: ${wrong}`;
    if (operation === flush) continue;
    if (operation === event || operation === pause || operation === read || operation === write) continue;
    if (operation === misuse) return `step ${i + 1} is a misuse that did not end the run`;
    const id = trace[at + Field.OBJECT];
    if (!fits(operation, objects[id]?.kind))
      return `step ${i + 1}: ${operation.on} ${operation.name} of another object`;
    const before = doubles[(at + Field.BEFORE) >> 1];
    const after = doubles[(at + Field.AFTER) >> 1];
    if (known[id] === 1 && words[id] !== before)
      return `step ${i + 1} found ${before} where ${words[id]} was left`;
    known[id] = 1;
    words[id] = after;
    const untrue = messages.wrong(at);
    if (untrue !== undefined) return `step ${i + 1}: ${untrue}`;
    if (operation.span !== 'word') continue; // what the kernel did cannot be done again
    const argument = trace[at + Field.ARGUMENT];
    word[0] = before;
    const gaveUp = (trace[at + Field.BITS] & Bit.GAVE_UP) !== 0;
    const ready = operation.ready(word, 0, process, argument);
    if (ready === gaveUp)
      return `step ${i + 1}: ${operation.name} was ${ready ? 'given up though it could happen' : 'taken though it could not happen'}`;
    const result = gaveUp
      ? (operation.giveUp?.(word, 0, process, argument) ?? 0)
      : operation.take(word, 0, process, argument, trace[at + Field.SECOND]);
    if (word[0] !== after || result !== trace[at + Field.RESULT])
      return `step ${i + 1}: ${operation.name} made ${after} of ${before}`;
  }
  return undefined;
}
