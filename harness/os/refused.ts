/** The system does not make what is asked for: the message says which of its limits is in the way, and what to do. */
export class Refused extends Error {
  override readonly name = 'LabError';
}
