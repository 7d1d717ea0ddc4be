import { sealed } from '../shared/sealed.ts';
import { int32In, textIn } from './bytes.ts';

/** A message as it was received: what was sent in one piece, and nothing else. */
export class Message {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  /** The whole number that was sent. Throws RangeError where the message has fewer than 4 bytes. */
  get int32(): number {
    return int32In(this.bytes);
  }
  /** The text that was sent. */
  get text(): string {
    return textIn(this.bytes);
  }
}

sealed(Message);
