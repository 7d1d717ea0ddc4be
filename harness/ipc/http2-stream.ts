// One stream of an HTTP/2 connection: how much may be sent on it, what waits for that, and which sides have ended it.

/** What waits to be sent: data that needs room in the windows, or headers behind it. */
export type Outgoing =
  | { readonly kind: 'data'; readonly bytes: Uint8Array; at: number; readonly ends: boolean }
  | { readonly kind: 'headers'; readonly block: Uint8Array; readonly ends: boolean };

export interface Http2Stream {
  /** Bytes of data that the other side has room for; below 0 where it has changed its mind. */
  room: number;
  /** Bytes of data that have come and have not been given back as room. */
  consumed: number;
  readonly waiting: Outgoing[];
  /** Whether this side has said all it will, as soon as nothing waits. */
  endedHere: boolean;
  endedThere: boolean;
}

export const newStream = (room: number): Http2Stream => ({
  room,
  consumed: 0,
  waiting: [],
  endedHere: false,
  endedThere: false,
});

/** Neither side says anything more. */
export const isDone = ({ endedHere, endedThere, waiting }: Http2Stream): boolean =>
  endedHere && endedThere && waiting.length === 0;
