import { describe, expect, it } from 'vitest';
import type { Finding, TraceStep, Waiting } from '../../harness/check/finding.ts';
import { misconceptionOf } from '../../harness/check/misconception.ts';

/** `a table.lock()`, `b reads n = 1 @4`: process, what it does, line. */
function steps(...lines: readonly string[]): TraceStep[] {
  return lines.map((line, i) => {
    const [, who, text, at] = /^(\w) (.*?)(?: @(\d+))?$/.exec(line) as RegExpExecArray;
    const [, verb, cell] = /^(reads|writes) (\w+)/.exec(text) ?? [];
    const [, object, call] = /^(\w+)\.(\w+)\(/.exec(text) ?? [];
    const [, condition] = /^is woken at (\w+)/.exec(text) ?? [];
    const operation = verb ? verb.slice(0, -1) : (call ?? (condition ? 'woken' : 'event'));
    return {
      step: i + 1,
      process: who.charCodeAt(0) - 97,
      role: 'role',
      operation,
      object: cell ?? object ?? condition ?? 'event',
      text,
      ...(at && { location: { file: 'mine.ts', line: Number(at), column: 1 } }),
    };
  });
}
const waits = (process: number, text: string, ...heldBy: number[]): Waiting => ({
  process,
  text,
  object: text.split('.')[0],
  heldBy,
});
const finding = (kind: Finding['kind'], trace: TraceStep[], more: Partial<Finding> = {}): Finding => ({
  kind,
  message: '',
  case: {},
  schedule: 'v1',
  mode: 'controlled',
  strategy: 'random',
  players: [0, 1, 2].map((process) => ({ process, role: 'role', number: process, name: `role ${process}` })),
  steps: trace.length,
  switches: 0,
  trace,
  waiting: [],
  ...more,
});
const nameOf = (f: Finding): string | undefined => misconceptionOf(f)?.name;

describe('waiting while holding', () => {
  const waiting = [waits(0, 'filled.wait()'), waits(1, 'lock.lock()', 0)];
  it('is named where the others wait for the mutex', () => {
    expect(nameOf(finding('deadlock', steps('a lock.lock()'), { waiting }))).toBe('waiting while holding');
  });
  it('is not named where a condition has let the mutex go', () => {
    const trace = steps('a lock.lock()', 'a filled.wait()', 'a lock.unlock()', 'b lock.lock()');
    expect(nameOf(finding('deadlock', trace, { waiting }))).toBeUndefined();
  });
  it('is not named where someone waits for something else', () => {
    const more = [...waiting, waits(2, 'free.wait()')];
    expect(nameOf(finding('deadlock', steps('a lock.lock()'), { waiting: more }))).toBeUndefined();
  });
});

describe('lock order', () => {
  const trace = steps('a left.lock()', 'b right.lock()');
  const waiting = [waits(0, 'right.lock()', 1), waits(1, 'left.lock()', 0)];
  it('is named for a circle of mutexes', () => {
    expect(nameOf(finding('deadlock', trace, { waiting, cycle: [0, 1] }))).toBe('lock order');
  });
  it('is not named for who locks its own mutex again, nor where semaphores are in the circle', () => {
    const alone = [waits(0, 'left.lock()', 0)];
    expect(nameOf(finding('deadlock', trace, { waiting: alone, cycle: [0] }))).toBeUndefined();
    const mixed = [waits(0, 'right.wait()', 1), waits(1, 'left.lock()', 0)];
    expect(nameOf(finding('deadlock', [], { waiting: mixed, cycle: [0, 1] }))).toBeUndefined();
  });
});

describe('split tokens', () => {
  const trace = steps('a room.wait() (2 → 1)', 'b room.wait() (1 → 0)');
  it('is named where all who wait have some units of the same', () => {
    const waiting = [waits(0, 'room.wait()', 1), waits(1, 'room.wait()', 0)];
    expect(nameOf(finding('deadlock', trace, { waiting, cycle: [0, 1] }))).toBe('split tokens');
  });
  it('is not named where someone who has ended kept its unit', () => {
    const waiting = [waits(0, 'room.wait()', 2), waits(1, 'room.wait()', 2)];
    expect(nameOf(finding('deadlock', trace, { waiting }))).toBeUndefined();
  });
});

describe('a lost wake-up', () => {
  const lost = ['a reads n = 0', 'b writes n = 1', 'b some.broadcast()', 'a some.wait()'];
  const waiting = [waits(0, 'some.wait()')];
  it('is named where the change and its signal come between the look and the wait', () => {
    expect(nameOf(finding('deadlock', steps(...lost), { waiting }))).toBe('lost wake-up');
  });
  it('is not named where it looked again, or was signalled later, or nothing that it saw was changed', () => {
    const again = steps(...lost.slice(0, 3), 'a reads n = 1', 'a some.wait()');
    const later = steps(...lost, 'b some.signal()');
    const other = steps('a reads n = 0', 'b writes m = 1', 'b some.signal()', 'a some.wait()');
    for (const trace of [again, later, other])
      expect(nameOf(finding('deadlock', trace, { waiting }))).toBeUndefined();
  });
});

describe('a missing post', () => {
  it('is named where all wait for units that nobody has', () => {
    const waiting = [waits(0, 'free.wait()')];
    const trace = steps('a free.wait() (1 → 0)', 'b free.post() (0 → 1)', 'a free.wait() (1 → 0)');
    expect(nameOf(finding('deadlock', trace, { waiting }))).toBe('missing post');
    expect(nameOf(finding('deadlock', trace, { waiting: [waits(0, 'free.wait()', 1)] }))).toBeUndefined();
    expect(nameOf(finding('deadlock', steps('a free.wait()'), { waiting }))).toBeUndefined();
  });
});

describe('counted signals', () => {
  const waiting = [waits(0, 's0.wait(SIGUSR1)'), waits(1, 's1.wait(SIGRTMIN)')];
  const merged = ['b s0.send(SIGUSR1)', 'b s0.send(SIGUSR1): is pending already, and stays one'];
  const taken = 'a s0.wait(SIGUSR1) → SIGUSR1 from process 1';
  it('are named where one that was pending already is waited for', () => {
    const found = misconceptionOf(finding('deadlock', steps(...merged, taken), { waiting }));
    expect(found?.name).toBe('counted signals');
    expect(found?.text).toMatch(/^SIGUSR1 was sent to role 0 2 times and arrived once: /);
  });
  it('are not named where none was lost, or another one is waited for, or the process looks at memory', () => {
    const others = [waits(0, 's0.wait(SIGUSR2)'), waits(1, 's1.wait(SIGRTMIN)')];
    for (const [trace, for_] of [
      [[merged[0], taken, merged[0], taken], waiting],
      [[...merged, taken], others],
      [[...merged, taken, 'a reads n = 1'], waiting],
      [
        [...merged, taken],
        [...waiting, waits(2, 'lock.lock()')],
      ],
    ] as const) {
      expect(nameOf(finding('deadlock', steps(...trace), { waiting: for_ }))).toBeUndefined();
    }
  });
});

describe('an overtaken signal', () => {
  const job = 'a s1.queue(SIGRTMIN, 7)';
  const stop = 'a s1.send(SIGUSR1)';
  const takesStop = 'b s1.wait(SIGUSR1, SIGRTMIN) → SIGUSR1 from process 0';
  const takesJob = 'b s1.wait(SIGUSR1, SIGRTMIN) → SIGRTMIN with 7 from process 0';
  const ends = 'b s1.ends()';
  const waiting = [waits(0, 's0.wait(SIGRTMIN)')];
  it('is named where a process ends by a signal that was sent later than one that is pending', () => {
    const found = misconceptionOf(finding('deadlock', steps(job, stop, takesStop, ends), { waiting }));
    expect(found?.name).toBe('overtaken signal');
    expect(found?.text).toMatch(/^role 1 took SIGUSR1 and ended, and SIGRTMIN, which had been sent before/);
  });
  it('is not named where that one was taken, or sent later, or the process goes on', () => {
    for (const trace of [
      [job, takesJob, stop, takesStop, ends],
      [stop, job, takesStop, ends],
      [job, stop, takesStop],
      [job, stop, takesStop, takesJob, ends],
    ]) {
      expect(nameOf(finding('deadlock', steps(...trace), { waiting }))).toBeUndefined();
    }
  });
});

describe('a stale check', () => {
  const run = (last: string, ...then: string[]) =>
    steps(
      'a reads full = false @3',
      'a some.wait()',
      'a lock.unlock()',
      'b writes full = true',
      'b some.signal()',
      'a is woken at some',
      `c writes full = ${last}`,
      'a lock.lock()',
      ...then,
      'a eats',
    );
  const of = (trace: TraceStep[]) => nameOf(finding('unsafe', trace, { process: 0 }));
  it('is named where what was looked at is as before, and nobody looks', () => {
    expect(of(run('false'))).toBe('stale check');
  });
  it('is not named where it looked again, or things are not as before', () => {
    expect(of(run('false', 'a reads full = false @3'))).toBeUndefined();
    expect(of(run('true'))).toBeUndefined();
  });
});

describe('check-then-act', () => {
  const lines = ['a reads taken = false @3', 'b writes taken = true @4', 'b eats', 'a eats'];
  const pair = (trace: TraceStep[]): NonNullable<Finding['critical']> => ({
    steps: [{ ...trace[0] }, { ...trace[1] }],
    schedule: 'v1',
  });
  const of = (trace: TraceStep[], process = 0) =>
    nameOf(finding('unsafe', trace, { process, critical: pair(trace) }));
  it('is named where the order of look and change decides, and the one who looked broke the rule', () => {
    expect(of(steps(...lines))).toBe('check-then-act');
  });
  it('is not named where another one broke it, where it looked again, or where nothing was changed', () => {
    expect(of(steps(...lines), 1)).toBeUndefined();
    expect(of(steps(...lines.slice(0, 3), 'a reads taken = true', 'a eats'))).toBeUndefined();
    expect(of(steps(lines[0], 'b writes taken = false', 'a eats'))).toBeUndefined();
  });
});

describe('the wrong lock', () => {
  const of = (...lines: string[]) => {
    const trace = steps(...lines);
    const at = trace.flatMap((s) => (s.object === 'n' ? [s.step] : []));
    return nameOf(finding('race', trace, { accesses: [at[0], at[1]] }));
  };
  it('is named where both hold a mutex, and not the same', () => {
    expect(of('a x.lock()', 'a writes n = 1', 'a x.unlock()', 'b y.lock()', 'b reads n = 1')).toBe(
      'wrong lock',
    );
  });
  it('is not named where one holds none, any more, or both hold one in common', () => {
    expect(of('a x.lock()', 'a writes n = 1', 'b reads n = 1')).toBeUndefined();
    expect(of('a x.lock()', 'a x.unlock()', 'a writes n = 1', 'b y.lock()', 'b reads n = 1')).toBeUndefined();
    expect(of('a x.lock()', 'a writes n = 1', 'a x.unlock()', 'b x.lock()', 'b reads n = 1')).toBeUndefined();
  });
});

describe('extra post', () => {
  const twoInside = [
    'a tokens.wait() (1 → 0)',
    'b tokens.post() (0 → 1) @7',
    'b tokens.post() (1 → 2) @9',
    'b tokens.wait() (2 → 1)',
    'c tokens.wait() (1 → 0)',
  ];
  it('is named where a post without a wait lets one too many in', () => {
    const found = misconceptionOf(finding('unsafe', steps(...twoInside), { process: 2 }));
    expect(found?.name).toBe('extra post');
    expect(found?.text).toContain('role 1 posts tokens (line 9)');
  });
  it('is not named where another one gives back what was taken', () => {
    const passed = ['a tokens.wait() (1 → 0)', 'b tokens.post() (0 → 1)', 'c tokens.wait() (1 → 0)'];
    expect(nameOf(finding('unsafe', steps(...passed), { process: 2 }))).toBeUndefined();
  });
  it('is not named of a semaphore that begins empty, or where no more are in than may be', () => {
    const signal = ['a filled.post() (0 → 1)', 'a filled.post() (1 → 2)', 'b filled.wait() (2 → 1)'];
    expect(nameOf(finding('unsafe', steps(...signal), { process: 1 }))).toBeUndefined();
    expect(nameOf(finding('unsafe', steps(...twoInside.slice(0, 3)), { process: 1 }))).toBeUndefined();
  });
});
