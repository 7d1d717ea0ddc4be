// The other process of the self-test.
import { dieWith } from '../os/death.ts';
import { openSegment } from '../shared/segment.ts';
import { addAndWake, BYTES } from './self-test-rounds.ts';

dieWith(Number(process.argv[2]));
process.exit(addAndWake(openSegment(3, BYTES), 1) ? 0 : 1);
