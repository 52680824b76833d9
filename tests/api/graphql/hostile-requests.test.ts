import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLFormattedError } from 'graphql';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ introspection: false });
});
afterAll(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const INFO = '{ serverInfo { version } }';

/** Status, and code and message of the first error. */
async function ask(path: string, init: RequestInit = {}): Promise<[number, string, string]> {
  const response = await fetch(app.url + path, init);
  const text = await response.text();
  const { errors = [] } = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    errors?: GraphQLFormattedError[];
  };
  return [response.status, String(errors[0]?.extensions?.code ?? 'OK'), errors[0]?.message ?? ''];
}
const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  ask('/graphql', { method: 'POST', headers, body });

describe('a request that a page of another origin could send', () => {
  const query = encodeURIComponent(INFO);
  it.each([
    ['a form', () => post(`query=${query}`, { 'content-type': 'application/x-www-form-urlencoded' })],
    ['plain text', () => post(JSON.stringify({ query: INFO }), { 'content-type': 'text/plain' })],
    ['a link', () => ask(`/graphql?query=${query}`)],
    ['nothing at all', () => ask('/graphql', { method: 'POST' })],
  ])('is refused: %s', async (_what, send) => {
    const [status, code, message] = await send();
    expect([status, code]).toEqual([400, 'BAD_REQUEST']);
    expect(message).toMatch(/Cross-Site Request Forgery/);
  });

  it('cannot be a mutation, even with the preflight header', async () => {
    const query = encodeURIComponent('mutation { logout(refreshToken: "x") }');
    const headers = { 'apollo-require-preflight': '1' };
    expect((await ask(`/graphql?query=${query}`, { headers }))[0]).toBe(405);
  });
});

describe('a request that is malformed', () => {
  it.each([
    ['JSON cut short', () => post('{"query":'), 400, 'BAD_USER_INPUT'],
    ['JSON that is no object', () => post('"query"'), 400, 'BAD_USER_INPUT'],
    [
      'variables that are a list',
      () => post(JSON.stringify({ query: INFO, variables: [] })),
      400,
      'BAD_REQUEST',
    ],
    [
      'several operations at once',
      () => post(JSON.stringify([{ query: INFO }, { query: INFO }])),
      400,
      'BAD_REQUEST',
    ],
    ['no operation', () => post('{}'), 400, 'BAD_REQUEST'],
    [
      'an unknown character set',
      () => post('{}', { 'content-type': 'application/json; charset=x' }),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'an unknown encoding',
      () => post('{}', { ...JSON_TYPE, 'content-encoding': 'x' }),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'a body above 100 KB',
      () => post(JSON.stringify({ query: INFO, x: 'x'.repeat(200_000) })),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['a path that decodes to nothing', () => ask('/media/images/%E0%A4%A'), 400, 'BAD_USER_INPUT'],
    [
      'a link with two signatures',
      () => ask('/media/images/x?signature=a&signature=b'),
      401,
      'UNAUTHENTICATED',
    ],
  ] as const)('is refused without an unexpected error: %s', async (_what, send, status, code) => {
    const before = app.log.length;
    expect((await send()).slice(0, 2)).toEqual([status, code]);
    expect(app.log.slice(before).filter(({ msg }) => msg === 'unexpected error')).toEqual([]);
  });
});

describe('an operation that cannot run over HTTP', () => {
  it('is refused when it is a subscription', async () => {
    const subscription = 'subscription { jobProgress(jobId: "1") { seq } }';
    const [status, code, message] = await post(JSON.stringify({ query: subscription }));
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(message).toMatch(/subscribe over WebSocket/);
  });

  it('is refused when it is sent by its hash', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } };
    expect((await post(JSON.stringify({ query: INFO, extensions })))[1]).toBe(
      'PERSISTED_QUERY_NOT_SUPPORTED',
    );
  });

  it('reads no schema where introspection is off, nor its names from errors', async () => {
    expect((await post(JSON.stringify({ query: '{ __schema { types { name } } }' })))[1]).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    const [, , message] = await post(JSON.stringify({ query: '{ serverInf { version } }' }));
    expect(message).toMatch(/^Cannot query field "serverInf" on type "Query"\.$/);
  });

  it('is refused each time, also after an admitted one with the same text', async () => {
    const pages = 'query ($n: Int!) { images(first: $n) { totalCount } }';
    const codeOf = async (n: number) => (await post(JSON.stringify({ query: pages, variables: { n } })))[1];
    expect(await codeOf(100)).toBe('UNAUTHENTICATED');
    expect(await codeOf(101)).toBe('LIMIT_EXCEEDED');
    expect(await codeOf(101)).toBe('LIMIT_EXCEEDED');
    const invalid = JSON.stringify({ query: '{ nothing }' });
    for (let time = 0; time < 2; time++) expect((await post(invalid))[1]).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
