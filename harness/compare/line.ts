// A way for messages between two processes, as `lab compare` measures it: the same few lines for every mechanism, written
// with the handles that students use.

/** What one process has of it. Messages have `bytes` bytes; the first one is a mark. */
export interface Line {
  /** Sends a message with this mark. Blocks. */
  send(bytes: number, mark: number): void;
  /** Takes the next message and returns its mark. Blocks. */
  receive(bytes: number): number;
  /** Nothing comes any more. Default: nothing is to be done then. */
  end?(): void;
}

export interface Row {
  /** As it is called in the lab: `pipe`. */
  readonly name: string;
  /** The mechanism of the system behind it. */
  readonly real: string;
  /** Creates what the two share. Runs in both. */
  share(): unknown;
  /** What process `side`, 0 or 1, has of what was shared. */
  line(shared: never, side: 0 | 1): Line;
  /** Answers all that process 1 is sent, until the other one ends it. Default: message by message, over its line. */
  serve?(shared: never): void;
  /** Most bytes of one message. Default: no limit. */
  readonly most?: number;
  /** Messages that nobody takes in time are lost. Default: the sender waits. */
  readonly lossy?: boolean;
}

/** A line over two one-way streams of bytes. Messages larger than `piece` go in pieces. */
export function overStreams(
  write: (data: Uint8Array) => void,
  read: (most: number) => Uint8Array,
  piece = 65_536,
): Line {
  const message = new Uint8Array(piece);
  return {
    send(bytes, mark) {
      message[0] = mark;
      for (let left = bytes; left > 0; left -= piece) {
        write(left >= piece ? message : message.subarray(0, left));
        message[0] = 0;
      }
    },
    receive(bytes) {
      let mark = -1;
      for (let got = 0; got < bytes; ) {
        const part = read(Math.min(piece, bytes - got));
        if (part.length === 0) throw new Error('the other side has gone');
        if (mark < 0) mark = part[0];
        got += part.length;
      }
      return mark;
    },
  };
}
