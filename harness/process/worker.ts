// A worker: a warm process that plays one role after the other. It never returns to its event loop; it sleeps on
// its slot's command word, and everything it is told lies in the segment. It ends by SIGKILL, with its referee.
import { readFileSync } from 'node:fs';
import { constants, createContext, Script } from 'node:vm';
import { confine } from '../os/confine.ts';
import { dieWith } from '../os/death.ts';
import { limitMemory } from '../os/memory-limit.ts';
import { allowReopening } from '../os/reopen.ts';
import { blockSignals } from '../os/signal.ts';
import { openSegment } from '../shared/segment.ts';
import type { Program } from './actor.ts';
import type { Host } from './board.ts';
import { CODE, CODE_UNITS, Command, Run, SEGMENT_BYTES, Slot, slotOf, TEXT, TEXT_UNITS } from './control.ts';
import { hostOn, SEGMENT_FD } from './host.ts';
import { harden } from './lockdown.ts';
import { SOLUTION } from './position.ts';
import type { Realm } from './realm.ts';
import type { Wasm } from './shift.ts';
import { readText, writeText } from './text.ts';

/** Memory that a worker may use, in bytes: twenty times what it needs, and far from what would hurt the machine. */
const MEMORY = 1024 * 1024 * 1024;

const me = Number(process.argv[2]);
dieWith(Number(process.argv[3]));
blockSignals();
const segment = openSegment(SEGMENT_FD, SEGMENT_BYTES);
const { words, buffer } = segment;
const slot = slotOf(me);

const { kill, pid, hrtime } = process;
const die = (): never => {
  kill.call(process, pid, 'SIGKILL');
  for (;;);
};
const now = (): number => Number(hrtime.bigint() / 1000n) / 1000;
const date = Date.now;
const context = createContext(constants.DONT_CONTEXTIFY as unknown as object, {
  codeGeneration: { strings: false, wasm: false },
  microtaskMode: 'afterEvaluate',
});
const evaluate = (code: string, filename: string): unknown =>
  new Script(code, { filename }).runInContext(context);
const instance = evaluate('WebAssembly.Instance', 'worker.js') as Wasm['Instance'];
const host = hostOn(segment, me, instance, { now, date, exit: die });
const source = readFileSync(new URL('./realm.js', import.meta.url), 'utf8');
// The lab's own code keeps what the realm takes away from student code.
const createRealm = evaluate(
  `(() => {const {Atomics} = globalThis;${source};return realm.createRealm;})()`,
  'realm.js',
) as (host: Host) => Realm;
const realm = createRealm(host);
// Solutions meet this realm's objects only in exceptions that the system throws; nothing can be left on them.
harden([Object, Function, Array, Error, TypeError, RangeError, String, Number, BigInt, Symbol]);
limitMemory(MEMORY);
allowReopening(SEGMENT_FD);
confine();

function writeCode(text: string): void {
  words[Run.CODE_LENGTH] = writeText(buffer, CODE, text, CODE_UNITS);
}

function answer(text: string): void {
  words[slot + Slot.TEXT_LENGTH] = writeText(buffer, TEXT + (me * TEXT_UNITS) / 2, text, TEXT_UNITS);
  Atomics.store(words, slot + Slot.ANSWER, text === '' ? 1 : 2);
  Atomics.add(words, Run.FINISHED, 1);
  host.wake(Run.FINISHED, 1);
}

const commands: Record<number, () => void> = {
  [Command.LOAD]: () => {
    const { problem, solution, twin } = JSON.parse(readText(buffer, CODE, words[Run.CODE_LENGTH]));
    const modelled = me === 0 && twin !== undefined ? () => evaluate(twin, 'twin.js') as Program : undefined;
    answer(
      realm.load(
        evaluate(problem, 'problem.js') as Program,
        evaluate(solution, SOLUTION) as Program,
        modelled,
      ),
    );
  },
  [Command.CASE]: () => {
    realm.setCase(readText(buffer, CODE, words[Run.CODE_LENGTH]));
    answer('');
  },
  [Command.PLAY]: () => realm.play(),
  [Command.MODEL]: () => {
    writeCode(realm.model(readText(buffer, CODE, words[Run.CODE_LENGTH])));
    answer('');
  },
};

Atomics.store(words, slot + Slot.ANSWER, 1);
Atomics.add(words, Run.FINISHED, 1);
host.wake(Run.FINISHED, 1);
for (let seen = 0; ; seen++) {
  while (Atomics.load(words, slot + Slot.START) === seen) host.wait(slot + Slot.START, seen);
  commands[words[slot + Slot.COMMAND]]();
}
