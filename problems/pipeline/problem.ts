// A pipeline of filters, as a shell builds them: source | filter | sink. Nobody but the source knows how many parcels there
// are, so the end of them has to be passed on as well.
import { between, problem } from 'interleave';

interface Case {
  readonly filters: number;
  readonly parcels: number;
}

interface State {
  /** How far each parcel has come, by its place: a `Stage`. */
  readonly stages: number[];
  /** The number of each parcel, by its place; 0 as long as it was not sent. */
  readonly numbers: number[];
  /** Parcels under inspection. */
  inspecting: number;
  /** Whether the sink has locked up. */
  closed: boolean;
}

const Stage = { NOWHERE: 0, SENT: 1, INSPECTED: 2, LOADED: 3 } as const;

// A parcel's number holds its place, so that no two are alike, and something that nobody can guess.
const GUESSES = 1000;
const placeOf = (parcel: number, c: Case): number => parcel % c.parcels;
/** What an inspection finds: about one parcel in three is damaged. */
const isSound = (parcel: number, c: Case): boolean => Math.floor(parcel / c.parcels) % 3 !== 0;

const stageOf = (s: State, parcel: number, c: Case): number =>
  parcel > 0 && s.numbers[placeOf(parcel, c)] === parcel ? s.stages[placeOf(parcel, c)] : Stage.NOWHERE;

const unknown = (parcel: number): string => `there is no parcel ${parcel}`;

/** Parcels that are sound, or not inspected yet, and not loaded. */
const missing = (s: State, c: Case): number =>
  s.numbers.filter((n, place) => n > 0 && s.stages[place] !== Stage.LOADED && isSound(n, c)).length;

export default problem({
  id: 'pipeline',
  title: 'A pipeline',
  level: 2,
  summary:
    'Parcels go through an inspection and onto a lorry, and nobody on the way knows how many there are.',
  parameters: { filters: between(1, 2), parcels: between(1, 3, { free: 20_000 }) },
  roles: { source: () => 1, filter: (c) => c.filters, sink: () => 1 },
  mechanisms: ['pipe'],
  specification: {
    start: (c): State => ({
      stages: new Array<number>(c.parcels).fill(Stage.NOWHERE),
      numbers: new Array<number>(c.parcels).fill(0),
      inspecting: 0,
      closed: false,
    }),
    events: {
      sent: {
        says: (e) => `hands over parcel ${e.value}`,
        then: (s, e, c) => {
          s.numbers[placeOf(e.value, c)] = e.value;
          s.stages[placeOf(e.value, c)] = Stage.SENT;
        },
      },
      inspectionBegins: {
        says: (e) => `begins to inspect parcel ${e.value}`,
        rules: {
          'each parcel is inspected once': {
            breach: 'lost' as const,
            holds: (s, e, c) => stageOf(s, e.value, c) === Stage.SENT,
            because: (s, e, c) =>
              stageOf(s, e.value, c) === Stage.NOWHERE
                ? unknown(e.value)
                : `parcel ${e.value} was inspected before`,
          },
        },
        then: (s, e, c) => {
          s.inspecting++;
          s.stages[placeOf(e.value, c)] = Stage.INSPECTED;
        },
      },
      inspectionEnds: {
        says: (e) => `has inspected parcel ${e.value}`,
        then: (s) => {
          s.inspecting--;
        },
      },
      loaded: {
        says: (e) => `loads parcel ${e.value}`,
        rules: {
          'only parcels that were inspected and are sound are loaded, each once': {
            breach: 'lost' as const,
            holds: (s, e, c) => stageOf(s, e.value, c) === Stage.INSPECTED && isSound(e.value, c),
            because: (s, e, c) => {
              const stage = stageOf(s, e.value, c);
              if (stage === Stage.NOWHERE) return unknown(e.value);
              if (stage === Stage.LOADED) return `parcel ${e.value} is on the lorry already`;
              return stage === Stage.SENT
                ? `parcel ${e.value} was not inspected`
                : `parcel ${e.value} is damaged`;
            },
          },
        },
        then: (s, e, c) => {
          s.stages[placeOf(e.value, c)] = Stage.LOADED;
        },
      },
      left: {
        says: 'lets the lorry go',
        rules: {
          'the lorry goes when all sound parcels are on it': {
            holds: (s, _e, c) => missing(s, c) === 0,
            because: (s, _e, c) =>
              missing(s, c) === 1 ? 'one was still on its way' : `${missing(s, c)} were still on their way`,
          },
        },
        then: (s) => {
          s.closed = true;
        },
      },
    },
    ends: {
      'every parcel is inspected': (s) =>
        s.numbers.every((n, place) => n === 0 || s.stages[place] >= Stage.INSPECTED),
      'the lorry has gone, with every sound parcel on it': (s, c) => s.closed && missing(s, c) === 0,
    },
    witnesses: {
      'two filters inspect at once': {
        given: (c) => c.filters > 1 && c.parcels > 2,
        seen: (s) => s.inspecting > 1,
      },
    },
  },
  me: {
    source: (c, _number, world) => {
      let sent = 0;
      let most = -1;
      const parcels: IterableIterator<number> = {
        next: () => {
          // One less than there could be, or all: nobody can know beforehand.
          if (most < 0) most = c.parcels - (world.random(3) - 1);
          if (sent === most) return { done: true, value: undefined };
          const parcel = world.random(GUESSES) * c.parcels + sent++;
          world.event('sent', parcel);
          return { done: false, value: parcel };
        },
        [Symbol.iterator]: () => parcels,
      };
      return {
        /** The parcels, whole numbers above 0: `c.parcels` of them, or one less. Each comes when the loop asks for it. */
        parcels: parcels as Iterable<number>,
      };
    },
    filter: (c, number, world) => ({
      /** Which filter this is, from 0. */
      number,
      /** Inspects `parcel`, which takes a while. True where it is sound, and to be passed on. */
      inspect: (parcel: number): boolean => {
        world.during('inspectionBegins', 'inspectionEnds', parcel);
        return isSound(parcel, c);
      },
    }),
    sink: (_c, _number, world) => ({
      /** Loads `parcel` onto the lorry. */
      load: (parcel: number) => world.event('loaded', parcel),
      /** Lets the lorry go, when there is nothing more to come. */
      leave: () => world.event('left'),
    }),
  },
  speed: { case: { filters: 1, parcels: 20_000 }, unit: 'parcels', count: (c) => c.parcels },
});
