// What is evaluated in the realm of student code: the runtime of a process, and the hunt in the model.

import type { Host } from '../process/board.ts';
import { createRealm as create, type Realm } from '../process/realm.ts';
import { Modelled } from './modelled.ts';

/** The realm of a worker. */
export const createRealm = (host: Host): Realm => create(host, (board) => new Modelled(board));
