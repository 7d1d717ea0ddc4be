// Messages within the data of a stream (https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html): one byte that
// says whether it is compressed, four with its length, the highest first, and its bytes.
import { joined } from './bytes.ts';
import { word, wordAt } from './http2-frame.ts';

const HEAD = 5;
/** Most bytes of a message, as of a record of ONC RPC. */
const MOST = 1_048_576;

/** A message as data. Throws RangeError where it is too long. */
export function prefixed(message: Uint8Array): Uint8Array {
  if (message.length > MOST) {
    throw new RangeError(`a message of ${message.length} bytes: use at most ${MOST}, in several calls.`);
  }
  return joined(Uint8Array.of(0, ...word(message.length)), message);
}

/** The one message of a call or an answer, out of the data of its stream. */
export class UnaryMessage {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(data: Uint8Array): void {
    this.#length += data.length;
    if (!this.isTooLong) this.#parts.push(data);
    else this.#parts.length = 0;
  }

  /** More has come than a message may have; it is not kept. */
  get isTooLong(): boolean {
    return this.#length > HEAD + MOST;
  }

  /** The message, or why there is not exactly one that can be read. */
  get whole(): Uint8Array | 'none' | 'compressed' | 'cut off' | 'several' {
    const data = joined(...this.#parts);
    if (data.length === 0) return 'none';
    if (data.length < HEAD) return 'cut off';
    if (data[0] !== 0) return 'compressed';
    const end = HEAD + wordAt(data, 1);
    if (data.length < end) return 'cut off';
    return data.length > end ? 'several' : data.slice(HEAD);
  }
}
