// One controlled run under a schedule that somebody gave, with everything shown.
import { executed, preemptions } from '../check/executed.ts';
import { explain, traceOf, waitingOf } from '../check/explain.ts';
import type { Replayed } from '../check/verdict.ts';
import { playersOf, withBuffers } from '../check/words.ts';
import { BadInput } from '../problem/bad-input.ts';
import type { Case } from '../problem/problem.ts';
import { Ending, Run, SAID, SAID_WORDS } from '../process/control.ts';
import type { Order } from '../process/order.ts';
import type { Team } from '../process/team.ts';
import { replay } from '../schedule/replay.ts';
import { parse, print, ScheduleSyntaxError } from '../schedule/schedule.ts';
import type { Session } from './session.ts';

/** Plays the schedule that `text` stands for. Throws BadInput where it does not parse or does not fit. */
export async function playGiven(session: Session, c: Case, text: string): Promise<Replayed> {
  const { seed, moves } = parsed(text);
  await session.ready();
  await session.enter(c);
  const order: Order = { mode: 'controlled', seed: 0, world: seed, strategy: replay, moves, positions: true };
  const played = session.play(order);
  const { outcome } = played;
  let { judgement } = played;
  if (outcome.ending === Ending.UNFIT) {
    throw new BadInput(
      `the schedule does not fit: after step ${outcome.steps} it asks for something that cannot happen in this case with this solution. Has the file changed since the schedule was printed? Check again for a new one.`,
    );
  }
  const said = saidIn(session.team);
  const saidMore = session.team.header(Run.SAID_LENGTH) > SAID_WORDS;
  if (outcome.lost) judgement = await session.confirm(order, outcome);
  const view = session.view('controlled', outcome);
  const schedule = print({ seed, moves: executed(view) });
  const finding = judgement && explain(session.problem, c, view, judgement, { strategy: 'replay', seed });
  const trace = finding?.loop ? finding.trace : traceOf(session.problem, c, view);
  const replayed: Replayed = {
    case: c,
    schedule,
    ...(finding && { finding }),
    run: {
      players: withBuffers(playersOf(session.problem, c), trace),
      trace,
      waiting: finding?.waiting ?? waitingOf(view),
      steps: outcome.steps,
      switches: preemptions(view),
    },
    said,
    ...(saidMore && { saidMore }),
  };
  await session.ready();
  return replayed;
}

function parsed(text: string): ReturnType<typeof parse> {
  try {
    return parse(text);
  } catch (e) {
    if (e instanceof ScheduleSyntaxError) throw new BadInput(e.message);
    throw e;
  }
}

function saidIn(team: Team): { process: number; text: string }[] {
  const { words } = team.segment;
  const said: { process: number; text: string }[] = [];
  const end = Math.min(team.header(Run.SAID_LENGTH), SAID_WORDS);
  for (let at = 0; at + 2 <= end; ) {
    const length = words[SAID + at + 1];
    if (length < 0 || at + 2 + length > end) break;
    const units = words.subarray(SAID + at + 2, SAID + at + 2 + length);
    said.push({ process: words[SAID + at], text: String.fromCharCode(...units) });
    at += 2 + length;
  }
  return said;
}
