import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { graphqlEndpoint } from '../../../src/api/http/graphql-endpoint.js';
import { DEFAULT_QUERY_LIMITS, type QueryLimits } from '../../../src/api/limits/query-limits.js';
import { limitedApollo } from '../../../src/api/limits/query-limits.plugin.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { nestedSchema } from '../../support/fakes/nested-schema.js';
import { startSubscriptionServer } from '../../support/servers/subscription-server.js';

let executions = 0;
let server: Awaited<ReturnType<typeof startSubscriptionServer>>;
let apollo: ApolloServer;

beforeAll(async () => {
  const schema = nestedSchema();
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    field.resolve = () => {
      executions += 1;
      return { id: '1' };
    };
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    field.subscribe = async function* () {
      executions += 1;
      yield { item: { id: '1' } };
    };
  }
  apollo = new ApolloServer({ schema, ...limitedApollo(DEFAULT_QUERY_LIMITS, false) });
  await apollo.start();
  server = await startSubscriptionServer({
    schema,
    handler: express().use(
      '/graphql',
      express.json(),
      graphqlEndpoint(apollo, async () => ({})),
    ),
  });
});

afterAll(async () => {
  await server.close();
  await apollo.stop();
});

interface Answer {
  data?: unknown;
  errors?: GraphQLFormattedError[];
}

type Variables = Record<string, unknown>;

async function overHttp(query: string, variables?: Variables): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as Answer;
  expect(response.status).toBe(answer.errors ? 400 : 200);
  return answer;
}

async function overWebSocket(query: string, variables?: Variables): Promise<Answer> {
  const client = await RawSocket.signedIn(server.socketUrl);
  client.subscribe('1', query.replace(/^query/, 'subscription'), variables);
  const { type, payload } = await Promise.race([client.until('error'), client.until('next')]);
  client.socket.close();
  return type === 'error' ? { errors: payload as GraphQLFormattedError[] } : (payload as Answer);
}

const nest = (levels: number): string => `${'parent { '.repeat(levels)}id${' }'.repeat(levels)}`;
const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const item = (selection: string): string => `query { item(id: 1) { ${selection} } }`;
const page = 'edges { node { id } }';

interface Attack {
  name: string;
  limit: keyof QueryLimits;
  query: string;
  variables?: Variables;
}

const ATTACKS: readonly Attack[] = [
  { name: 'nesting', limit: 'maxDepth', query: item(nest(20)) },
  {
    name: 'nesting through fragments',
    limit: 'maxDepth',
    query: `${item('...F')} fragment F on Item { ${nest(20)} }`,
  },
  { name: 'one field under many names', limit: 'maxAliases', query: item(times(31, (i) => `a${i}: id`)) },
  {
    name: 'many directives',
    limit: 'maxDirectives',
    query: item(times(31, () => '... @skip(if: false) { id }')),
  },
  { name: 'a large page', limit: 'maxPageSize', query: `query { items(first: 101) { ${page} } }` },
  {
    name: 'a large page in a variable',
    limit: 'maxPageSize',
    query: `query ($n: Int!) { items(first: $n) { ${page} } }`,
    variables: { n: 1_000_000 },
  },
  {
    name: 'a large page in the default of a variable',
    limit: 'maxPageSize',
    query: `query ($n: Int = 500) { items(first: $n) { ${page} } }`,
  },
  {
    name: 'pages in pages',
    limit: 'maxCost',
    query: `query { items(first: 100) { edges { node { items(first: 100) { ${page} } } } } }`,
  },
  {
    name: 'a list that says how long it can be',
    limit: 'maxCost',
    query: item(`all { ${times(10, (i) => `a${i}: id`)} }`),
  },
  {
    name: 'fragments that double',
    limit: 'maxCost',
    query: `${item('...F0')}
      ${times(60, (i) => `fragment F${i} on Item { ...F${i + 1} ...F${i + 1} }`)}
      fragment F60 on Item { id }`,
  },
  { name: 'a long document', limit: 'maxTokens', query: item('id '.repeat(5_000)) },
];

describe.each([
  ['HTTP', overHttp],
  ['WebSocket', overWebSocket],
])('over %s', (_transport, send) => {
  it.each(ATTACKS)('$name is refused before execution', async ({ limit, query, variables }) => {
    const before = executions;
    const { data, errors } = await send(query, variables);
    expect(data).toBeUndefined();
    const value = DEFAULT_QUERY_LIMITS[limit];
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit, value } }]);
    expect(errors?.[0]?.extensions?.asked).toBeGreaterThan(value);
    expect(executions).toBe(before);
  });

  it('fragments that spread themselves are refused', async () => {
    const { errors } = await send(`${item('...F')} fragment F on Item { parent { ...F } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });

  it('introspection is refused where it is off', async () => {
    const { data, errors } = await send('query { __schema { types { name } } }');
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('errors suggest no names where introspection is off', async () => {
    const misspelt = [
      await send(item('colour')),
      await send('query ($c: Color) { item(id: 1, color: $c) { id } }', { c: 'REDD' }),
    ];
    expect(misspelt.every(({ errors }) => errors?.length === 1)).toBe(true);
    expect(JSON.stringify(misspelt)).not.toMatch(/Did you mean|GREEN/);
    // The second request names the argument itself.
    expect(JSON.stringify(misspelt[0])).not.toMatch(/"color/);
  });

  it('an operation within the limits runs', async () => {
    expect(await send(item('id'))).toEqual({ data: { item: { id: '1' } } });
  });
});

describe('over HTTP only', () => {
  it('many root fields are refused', async () => {
    const { errors } = await overHttp(`query { ${times(21, (i) => `a${i}: item(id: 1) { id }`)} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxRootFields' } }]);
  });

  it('several operations in one request are refused', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ item(id: 1) { id } }' }]),
    });
    expect(response.status).toBe(400);
  });
});
