import { describe, expect, it } from '@jest/globals';
import { buildSchema, type ExecutionResult, parse } from 'graphql';
import { SharedExecutions } from '../../../src/api/websocket/shared-execution.js';

interface Rights {
  user: string | undefined;
  renewed: number;
}

/** Subscribes the users to one source of events; returns what each got, and how often fields were resolved. */
async function outcome(operations: readonly { user: string | undefined; text: string; first?: number }[]) {
  const schema = buildSchema(
    'type Query { a: Int } type Event { value: Int times(first: Int): Int } type Subscription { events: Event }',
  );
  let resolved = 0;
  const events = [{ events: { value: 1 } }, { events: { value: 2 } }];
  const field = schema.getSubscriptionType()?.getFields().events;
  if (field === undefined) throw new Error('no field');
  field.subscribe = async function* () {
    yield* events;
  };
  const event = schema.getType('Event') as import('graphql').GraphQLObjectType;
  const value = event.getFields().value;
  if (value)
    value.resolve = ({ value }, _args, { user }: Rights) => {
      resolved++;
      return user === 'bad' ? 'x' : value;
    };
  const executions = new SharedExecutions<Rights>({
    rightsOf: ({ user }) => user,
    renew: (context) => {
      context.renewed++;
    },
  });
  const results = await Promise.all(
    operations.map(async ({ user, text, first }) => {
      const stream = await executions.subscribe({
        schema,
        document: parse(text),
        variableValues: { first },
        contextValue: { user, renewed: 0 },
      });
      const got: ExecutionResult[] = [];
      if (!(Symbol.asyncIterator in stream)) throw new Error('no stream');
      for await (const result of stream) got.push(result);
      return got;
    }),
  );
  return { results, resolved };
}

const VALUE = 'subscription { events { value } }';

describe('executions of events', () => {
  it('are shared by subscribers with the same operation and rights', async () => {
    const { results, resolved } = await outcome([
      { user: 'ada', text: VALUE },
      { user: 'ada', text: VALUE },
      { user: 'ada', text: VALUE },
    ]);
    expect(resolved).toBe(2);
    for (const result of results)
      expect(result.map(({ data }) => data?.events)).toEqual([{ value: 1 }, { value: 2 }]);
    expect(results[0]?.[0]).toBe(results[2]?.[0]);
  });

  it.each([
    ['other rights', { user: 'eve', text: VALUE }],
    ['another selection', { user: 'ada', text: 'subscription { events { v: value } }' }],
    ['other variables', { user: 'ada', text: VALUE, first: 3 }],
    ['unknown rights', { user: undefined, text: VALUE }],
  ])('are not shared with %s', async (_what, other) => {
    const { resolved } = await outcome([{ user: 'ada', text: VALUE, first: 2 }, other]);
    expect(resolved).toBe(4);
  });

  it('share errors of fields too', async () => {
    const { results, resolved } = await outcome([
      { user: 'bad', text: VALUE },
      { user: 'bad', text: VALUE },
    ]);
    expect(resolved).toBe(2);
    for (const result of results) expect(result.map(({ errors }) => errors?.length)).toEqual([1, 1]);
  });
});
