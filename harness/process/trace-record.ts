// A record of the trace: sixteen words, written by the process that takes the step.
//
// | word    | meaning                                                                     |
// | ------- | --------------------------------------------------------------------------- |
// | 0       | the process                                                                 |
// | 1       | code of the operation                                                       |
// | 2       | number of the object, or of the event                                       |
// | 3       | index, for arrays                                                           |
// | 4       | argument                                                                    |
// | 5       | second argument, or the way chosen                                          |
// | 6       | result                                                                      |
// | 7       | bit 0: the process that moved before could have gone on; bit 1: gave up;    |
// |         | bit 2: word 5 was a choice of the schedule; bit 3: the read or write was    |
// |         | one of the process's own store buffer                                       |
// | 8, 9    | the word or element before, as a double                                     |
// | 10, 11  | the word or element after, as a double                                      |
// | 12, 13  | line and column in the compiled solution; 0 while hunting                   |
// | 14, 15  | second and third word of a message; its first one is the argument           |
export const Field = {
  PROCESS: 0,
  OPERATION: 1,
  OBJECT: 2,
  INDEX: 3,
  ARGUMENT: 4,
  SECOND: 5,
  RESULT: 6,
  BITS: 7,
  BEFORE: 8,
  AFTER: 10,
  LINE: 12,
  COLUMN: 13,
  MORE: 14,
  LAST: 15,
} as const;

/** Indices of an object's elements that are told apart. */
const ELEMENTS = 65_536;

/** A number for each element of each object. */
export const elementKey = (object: number, index: number): number => object * ELEMENTS + index;

/** What the step recorded at word `at` is about. */
export const placeOf = (trace: Int32Array, at: number): number =>
  elementKey(trace[at + Field.OBJECT], trace[at + Field.INDEX]);

export const Bit = { PREEMPTS: 1, GAVE_UP: 2, CHOSE: 4, BUFFERED: 8 } as const;

/** Free runs log only events, four words each: process, event, value, microseconds since the run began. */
export const EVENT_WORDS = 4;
export const MAX_EVENTS = 262_144;
