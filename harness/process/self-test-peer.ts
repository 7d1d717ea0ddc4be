// The other process of the self-test.
import { dieWith } from '../os/death.ts';
import { addAndWake, openGround } from './self-test-rounds.ts';

dieWith(Number(process.argv[2]));
process.exit(addAndWake(openGround(3), 1) ? 0 : 1);
