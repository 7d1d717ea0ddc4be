// Values of the types of XDR as messages of protocol buffers, version 3 (https://protobuf.dev/programming-guides/proto3): a
// struct is a message, its fields are numbered by their order from 1, and what is no struct is the one field of a message, by the name
// of `value`. So both transports say the same values, and a solution takes either by one word.
//
//   int int32 · unsigned uint32 · hyper int64 · bool bool · double double · string string · opaque bytes
//   array repeated · optional optional · struct a message · nothing no field, but its number is taken
//
// Arrays and options of what is an array, an option or nothing itself hold messages with one field `value`.
import { joined } from './bytes.ts';
import { scalars } from './proto-scalar.ts';
import { type Found, ProtoError, ProtoSource, putBytes, putTag, Wire } from './proto-source.ts';
import { encoded, type Shape, type Xdr } from './xdr.ts';

/** One field: how a value is written under its number, and made of all that stood under that. */
interface Field {
  write(value: unknown, number: number, to: number[]): void;
  /** @param found in its order; what is written in another way than the field's is none of it */
  read(found: readonly Found[]): unknown;
}

/** A value that one field can hold, once or several times: a scalar or a message. */
interface Single {
  readonly wire: Found['wire'];
  write(value: unknown, to: number[]): void;
  /** The value, from all that stood in the field: the last one counts, and messages are merged. */
  read(found: readonly Found[]): unknown;
}

/** A message: its fields, without a number and a length of its own. */
interface Message {
  write(value: unknown, to: number[]): void;
  read(bytes: Uint8Array): unknown;
}

function shapeOf({ shape }: Xdr<unknown>): Shape {
  if (shape !== undefined) return shape;
  throw new RangeError('a type that is not one of xdr has no message of protocol buffers: use one of those.');
}

function single(type: Xdr<unknown>): Single {
  const scalar = scalars[shapeOf(type).is];
  if (scalar !== undefined) {
    return {
      wire: scalar.wire,
      write: (value, to) => scalar.write(value as never, to),
      read: (found) => scalar.read(found[found.length - 1]),
    };
  }
  const message = messageOf(type);
  return {
    wire: Wire.BYTES,
    write(value, to) {
      const inner: number[] = [];
      message.write(value, inner);
      putBytes(inner, to);
    },
    // Messages one behind the other are those merged.
    read: (found) =>
      message.read(joined(...found.map((one) => ('bytes' in one ? one.bytes : new Uint8Array(0))))),
  };
}

function once(type: Xdr<unknown>): Field {
  const of = single(type);
  const scalar = scalars[shapeOf(type).is];
  return {
    write(value, number, to) {
      if (scalar?.isZero(value as never)) return;
      putTag(number, of.wire, to);
      of.write(value, to);
    },
    read(found) {
      const own = found.filter(({ wire }) => wire === of.wire);
      return own.length === 0 && scalar !== undefined ? scalar.zero : of.read(own);
    },
  };
}

function perhaps(type: Xdr<unknown>): Field {
  const of = single(type);
  return {
    write(value, number, to) {
      if (value === undefined) return;
      putTag(number, of.wire, to);
      of.write(value, to);
    },
    read(found) {
      const own = found.filter(({ wire }) => wire === of.wire);
      return own.length === 0 ? undefined : of.read(own);
    },
  };
}

function repeated(type: Xdr<unknown>): Field {
  const of = single(type);
  const next = scalars[shapeOf(type).is]?.next;
  return {
    write(value, number, to) {
      const values = value as readonly unknown[];
      if (next !== undefined) {
        if (values.length === 0) return;
        // Numbers go into one field, packed.
        const packed: number[] = [];
        for (const one of values) of.write(one, packed);
        putTag(number, Wire.BYTES, to);
        putBytes(packed, to);
        return;
      }
      for (const one of values) {
        putTag(number, of.wire, to);
        of.write(one, to);
      }
    },
    read(found) {
      const values: unknown[] = [];
      for (const one of found) {
        if (one.wire === of.wire) values.push(of.read([one]));
        else if (one.wire === Wire.BYTES && next !== undefined) {
          const from = new ProtoSource(one.bytes);
          while (!from.isOver) values.push(of.read([next(from)]));
        }
      }
      return values;
    },
  };
}

const absent: Field = { write: () => {}, read: () => undefined };

function fieldOf(type: Xdr<unknown>): Field {
  const shape = shapeOf(type);
  switch (shape.is) {
    case 'nothing':
      return absent;
    case 'array':
      return repeated(shape.of);
    case 'optional':
      return perhaps(shape.of);
    default:
      return once(type);
  }
}

/** The message that values of `type` are: a struct's fields, or one field. */
function messageOf(type: Xdr<unknown>): Message {
  const shape = shapeOf(type);
  const isStruct = shape.is === 'struct';
  const fields = Object.entries(isStruct ? shape.fields : { value: type }).map(
    ([name, of]) => [name, fieldOf(of)] as const,
  );
  return {
    write(value, to) {
      const values = (isStruct ? value : { value }) as Readonly<Record<string, unknown>>;
      for (const [i, [name, field]] of fields.entries()) field.write(values[name], i + 1, to);
    },
    read(bytes) {
      const found: Found[][] = fields.map(() => []);
      for (const from = new ProtoSource(bytes); !from.isOver; ) {
        const { number, found: one } = from.field();
        if (one !== undefined) found[number - 1]?.push(one);
      }
      const values = Object.fromEntries(fields.map(([name, field], i) => [name, field.read(found[i])]));
      return isStruct ? values : values.value;
    },
  };
}

/** How the values of a type are written as messages. */
export interface Proto {
  /** Throws TypeError or RangeError where `value` is none of its values. */
  encoded(value: unknown): Uint8Array;
  /** Throws ProtoError where the bytes are none of its values. */
  decoded(bytes: Uint8Array): unknown;
}

/** The messages of each procedure, by name. */
export type Protos = ReadonlyMap<string, readonly [argument: Proto, result: Proto]>;

/** The message that stands for the values of `type`. What is one of them, XDR says: that it can be written there. */
export function protoOf(type: Xdr<unknown>): Proto {
  const message = messageOf(type);
  return {
    encoded(value) {
      encoded(type, value);
      const bytes: number[] = [];
      message.write(value, bytes);
      return Uint8Array.from(bytes);
    },
    decoded(bytes) {
      const value = message.read(bytes);
      try {
        encoded(type, value);
      } catch (e) {
        if (e instanceof RangeError || e instanceof TypeError) throw new ProtoError(e.message);
        throw e;
      }
      return value;
    },
  };
}
