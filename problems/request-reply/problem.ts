// Questions and answers that travel as messages. Every rule is about the two ends: which question was asked, which was
// worked on, and for which question an answer was taken. How they travel is the solution's own business.
import { between, problem } from 'interleave';

interface Case {
  readonly clients: number;
  readonly servers: number;
  readonly questions: number;
}

interface State {
  /** The number of each question, by its place; 0 as long as it is not asked. */
  readonly asked: number[];
  /** The number of its answer; 0 as long as there is none. */
  readonly answered: number[];
  /** Which questions a server has begun to work on. */
  readonly begun: boolean[];
  /** Which questions have got their answer. */
  readonly settled: boolean[];
  /** For each client, questions that it has asked and not settled. */
  readonly open: number[];
  /** Servers that work on a question. */
  working: number;
}

// A question is one number, in which its place and something that nobody can guess are inseparable, and so is an
// answer. So no two are alike, and a solution that makes answers up is found out.
const GUESSES = 1000;
const all = (c: Case): number => c.clients * c.questions;
const placeOf = (n: number, c: Case): number => ((n % all(c)) + all(c)) % all(c);
const clientOf = (n: number, c: Case): number => Math.floor(placeOf(n, c) / c.questions);
const wasAsked = (s: State, question: number, c: Case): boolean =>
  question > 0 && s.asked[placeOf(question, c)] === question;

/** What is wrong with an answer that a client takes; undefined if nothing is. Below 0 it was taken for another question. */
function wrong(s: State, by: number, answer: number, c: Case): string | undefined {
  const given = Math.abs(answer);
  const place = placeOf(given, c);
  if (given === 0 || s.answered[place] !== given) return `no server has given the answer ${given}`;
  if (clientOf(given, c) !== by)
    return `${given} is the answer to question ${s.asked[place]}, which client ${clientOf(given, c)} has asked`;
  if (answer < 0) return `${given} is the answer to question ${s.asked[place]}, and to no other`;
  return s.settled[place] ? `question ${s.asked[place]} has got its answer before` : undefined;
}

export default problem({
  id: 'request-reply',
  title: 'Request and reply',
  level: 2,
  summary: 'Clients ask servers by messages, and each answer must find its way back to its question.',
  parameters: {
    clients: between(1, 3),
    servers: between(1, 2),
    questions: between(1, 4, { free: 10_000 }),
  },
  roles: { client: (c) => c.clients, server: (c) => c.servers },
  mechanisms: ['channel', 'mailbox', 'direct'],
  specification: {
    start: (c): State => ({
      asked: new Array<number>(all(c)).fill(0),
      answered: new Array<number>(all(c)).fill(0),
      begun: new Array<boolean>(all(c)).fill(false),
      settled: new Array<boolean>(all(c)).fill(false),
      open: new Array<number>(c.clients).fill(0),
      working: 0,
    }),
    events: {
      asks: {
        says: (e) => `asks question ${e.value}`,
        then: (s, e, c) => {
          s.asked[placeOf(e.value, c)] = e.value;
          s.open[e.by]++;
        },
      },
      begins: {
        says: (e) => `begins to work on question ${e.value}`,
        rules: {
          'servers work on what was asked': {
            breach: 'lost' as const,
            holds: (s, e, c) => wasAsked(s, e.value, c),
            because: (_s, e) =>
              e.value === 0
                ? 'nobody asked question 0: there was none'
                : `nobody has asked question ${e.value}`,
          },
          'no question is worked on twice': {
            holds: (s, e, c) => !wasAsked(s, e.value, c) || !s.begun[placeOf(e.value, c)],
            because: (_s, e) => `question ${e.value} was taken up before, and costs a server's time again`,
          },
        },
        then: (s, e, c) => {
          s.working++;
          if (wasAsked(s, e.value, c)) s.begun[placeOf(e.value, c)] = true;
        },
      },
      answers: {
        says: (e) => `has the answer ${e.value}`,
        then: (s, e, c) => {
          s.working--;
          s.answered[placeOf(e.value, c)] = e.value;
        },
      },
      settles: {
        says: (e) => `takes the answer ${Math.abs(e.value)}`,
        rules: {
          'each question is settled by its own answer, once': {
            holds: (s, e, c) => wrong(s, e.by, e.value, c) === undefined,
            because: (s, e, c) => wrong(s, e.by, e.value, c) ?? '',
          },
        },
        then: (s, e, c) => {
          if (wrong(s, e.by, e.value, c) !== undefined) return;
          s.settled[placeOf(e.value, c)] = true;
          s.open[e.by]--;
        },
      },
    },
    ends: {
      'every question gets its answer': (s) => s.settled.every((settled) => settled),
    },
    witnesses: {
      'a client has two questions on their way': {
        given: (c) => c.questions > 1,
        seen: (s) => s.open.some((open) => open > 1),
      },
      'two servers work at once': {
        given: (c) => c.servers > 1 && all(c) > 1,
        seen: (s) => s.working > 1,
      },
    },
  },
  me: {
    client: (c, number, world) => {
      let asked = 0;
      /** Its questions, by place. */
      const mine = new Map<number, number>();
      const questions: IterableIterator<number> = {
        next: () => {
          if (asked === c.questions) return { done: true, value: undefined };
          const question = world.random(GUESSES) * all(c) + number * c.questions + asked++;
          mine.set(placeOf(question, c), question);
          world.event('asks', question);
          return { done: false, value: question };
        },
        [Symbol.iterator]: () => questions,
      };
      return {
        /** Which client this is, from 0. */
        number,
        /** The questions to ask, whole numbers above 0. Each is asked when the loop asks for it. */
        questions: questions as Iterable<number>,
        /** Takes `answer` as the answer to `question`. */
        settle: (question: number, answer: number) => {
          const [q, a] = [question | 0, answer | 0];
          world.event('settles', mine.get(placeOf(a, c)) === q ? a : -a);
        },
      };
    },
    server: (c, number, world) => ({
      /** Which server this is, from 0. */
      number,
      /** How many questions this server answers where all take their share; one may get one more than the other. */
      quota: Math.floor(all(c) / c.servers) + (number < all(c) % c.servers ? 1 : 0),
      /** Works on `question`, which takes a while, and returns the answer: a whole number above 0. */
      answer: (question: number): number => {
        const q = question | 0;
        world.event('begins', q);
        const answer = world.random(GUESSES) * all(c) + placeOf(q, c);
        world.event('answers', answer);
        return answer;
      },
    }),
  },
  speed: {
    case: { clients: 1, servers: 1, questions: 10_000 },
    unit: 'questions',
    count: (c) => c.clients * c.questions,
  },
});
