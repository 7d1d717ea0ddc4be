import { boardView } from '../../harness/hunt/board-view.ts';
import { pilotOf } from '../../harness/hunt/pilot.ts';
import { Player as ModelledPlayer } from '../../harness/model/player.ts';
import { processesOf } from '../../harness/problem/case.ts';
import { boardAlone } from '../../harness/process/board.ts';
import { MAX_MODELLED } from '../../harness/process/control.ts';
import { prepare } from '../../harness/process/order.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import { twinOf } from '../model.ts';
import { damaged, type Player, path, problem } from './player.ts';
import type { Subject } from './subjects.ts';

const board = boardAlone();

/** Plays `subject` in the model; undefined where it has more processes than that takes. */
export async function modelPlayer(subject: Subject): Promise<Player | undefined> {
  const processes = processesOf(problem, subject.case);
  if (processes > MAX_MODELLED) return undefined;
  const model = new ModelledPlayer(board);
  model.load(problem, await twinOf(path(subject.program)));
  model.enter(subject.case, processes);
  const view = boardView(board, processes);
  let last: Profile | undefined;
  return {
    play(strategy, seed, profile) {
      prepare(board.control, board.strategy, { mode: 'controlled', seed, strategy, profile }, processes);
      model.play();
      view.look();
      if (profile === undefined) last = pilotOf(problem, subject.case, view);
      return damaged(subject, seed, view);
    },
    profile() {
      if (last === undefined) throw new Error('profile: nothing was played without one.');
      return last;
    },
    close: async () => {},
  };
}
