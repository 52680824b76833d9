import { setTimeout as delay } from 'node:timers/promises';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { AppError } from '../../../src/errors.js';

const SDL = `
  enum Color { RED GREEN }
  type Query { me: String! }
  type Mutation { touch: Int! }
  type Subscription {
    "Numbers from 0 to count - 1."
    ticks(count: Int!, color: Color): Int!
    "Never ends by itself."
    forever: Int!
    "Texts of this length without end."
    flood(length: Int!): String!
    "Fails with FORBIDDEN before its first event."
    refused: Int!
    "Fails unexpectedly before its first event."
    broken: Int!
    "Fails unexpectedly after its first event."
    brokenLater: Int!
  }
`;

export interface TickSchema {
  schema: GraphQLSchema;
  /** Number of sources that have started and not ended. */
  readonly live: number;
}

/** Subscriptions that end, that never end, that flood, and that fail. */
export function tickSchema(): TickSchema {
  let live = 0;
  const sources: Record<string, (args: { count: number; length: number }) => AsyncGenerator<unknown>> = {
    async *ticks({ count }) {
      for (let i = 0; i < count; i++) yield { ticks: i };
    },
    async *forever() {
      for (let i = 0; ; i++) {
        yield { forever: i };
        await delay(5);
      }
    },
    async *flood({ length }) {
      for (;;) yield { flood: 'x'.repeat(length) };
    },
    // biome-ignore lint/correctness/useYield: fails before its first event.
    async *refused() {
      throw new AppError('FORBIDDEN', 'Not yours');
    },
    // biome-ignore lint/correctness/useYield: fails before its first event.
    async *broken() {
      throw new Error('SELECT secret FROM table');
    },
    async *brokenLater() {
      yield { brokenLater: 0 };
      throw new Error('SELECT secret FROM table');
    },
  };

  const schema = buildSchema(SDL);
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    field.subscribe = async function* (_root, args) {
      live += 1;
      try {
        yield* sources[name]?.(args) ?? [];
      } finally {
        live -= 1;
      }
    };
  }
  return {
    schema,
    get live() {
      return live;
    },
  };
}
