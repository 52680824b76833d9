import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLAnswer, GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

/** What graphql-js and Apollo say, and clients do not read. */
const LIBRARY_WORDS =
  /Variable "\$|got invalid value|cannot represent|Expected (?:type|value|non-null)|was not provided|used in position|OneOf/;

let app: TestApp;
let ada: GraphQLClient;
beforeAll(async () => {
  app = await startTestApp({ introspection: true });
  ada = await app.signedIn();
});
afterAll(() => app.close());

function errorOf({ errors }: GraphQLAnswer<unknown>) {
  const [error] = errors ?? [];
  if (!error) throw new Error('expected an error');
  expect(error.message).not.toMatch(LIBRARY_WORDS);
  expect(error.message.startsWith(`${error.extensions.field}: `)).toBe(true);
  return [error.extensions.code, error.message];
}

const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }';
const input = (...operations: unknown[]) => ({ input: { imageId: '1', operations } });
const PLACE = 'input.operations[0]';

describe('a variable that does not fit its type', () => {
  it.each<[string, string, object, string]>([
    [
      'a fraction for an Int',
      PROCESS,
      input({ resize: { width: 1.5 } }),
      `${PLACE}.resize.width: must be a whole number`,
    ],
    [
      'a text for an Int',
      PROCESS,
      input({ resize: { width: 'x' } }),
      `${PLACE}.resize.width: must be a whole number`,
    ],
    [
      'beyond an Int',
      PROCESS,
      input({ resize: { width: 3e9 } }),
      `${PLACE}.resize.width: must be a whole number, 1 to 65535`,
    ],
    [
      'a text for a Float',
      PROCESS,
      input({ blur: { sigma: 'x' } }),
      `${PLACE}.blur.sigma: must be 0.3 to 100 pixels`,
    ],
    [
      'an object for an operation without parameters',
      PROCESS,
      input({ grayscale: {} }),
      `${PLACE}.grayscale: must be true`,
    ],
    [
      'an unknown member',
      PROCESS,
      input({ resize: { width: 1, fit: 'X' } }),
      `${PLACE}.resize.fit: must be one of `,
    ],
    ['a missing field', PROCESS, input({ blur: {} }), `${PLACE}.blur.sigma: is required`],
    ['null for a field', PROCESS, input({ blur: { sigma: null } }), `${PLACE}.blur.sigma: must not be null`],
    ['an unknown field', PROCESS, input({ blur: { sigma: 1, x: 1 } }), `${PLACE}.blur.x: is not a field of `],
    [
      'a field of a prototype',
      PROCESS,
      input({ blur: { sigma: 1, toString: 1 } }),
      `${PLACE}.blur.toString: is not a`,
    ],
    ['no operation', PROCESS, input({}), `${PLACE}: must have exactly one of `],
    [
      'two operations',
      PROCESS,
      input({ blur: { sigma: 1 }, sharpen: { amount: 1 } }),
      `${PLACE}: must have exactly one of `,
    ],
    ['an operation that is null', PROCESS, input({ blur: null }), `${PLACE}: must have exactly one of `],
    ['a text for an object', PROCESS, input('x'), `${PLACE}: must be an object`],
    ['null in a list', PROCESS, input(null), `${PLACE}: must not be null`],
    ['no variable', PROCESS, {}, 'input: is required'],
    ['null for all', PROCESS, { input: null }, 'input: must not be null'],
    [
      'a variable within an argument',
      'mutation ($w: Int!) { processImage(input: { imageId: "1", operations: [{ resize: { width: $w } }] }) { id } }',
      { w: 'x' },
      `${PLACE}.resize.width: must be a whole number`,
    ],
    [
      'no file',
      'mutation ($f: Upload!) { uploadImage(file: $f) { id } }',
      { f: 'x' },
      'file: must be a file part',
    ],
    [
      'a number for an id',
      'query ($id: ID!) { image(id: $id) { id } }',
      { id: 1.5 },
      'id: must be an id as text',
    ],
  ])('is named by its path: %s', async (_what, query, variables, message) => {
    for (let time = 0; time < 2; time++) {
      const [code, said] = errorOf(await ada.ask(query, variables));
      expect([code, String(said).slice(0, message.length)]).toEqual(['BAD_USER_INPUT', message]);
    }
  });

  it('is refused with 400, and in the same words over WebSocket', async () => {
    const query = 'subscription ($id: ID!) { jobProgress(jobId: $id) { seq } }';
    const socket = await RawSocket.connect(`${app.url.replace('http', 'ws')}/graphql`);
    socket.send({ type: 'connection_init', payload: ada.authorization() });
    await socket.until('connection_ack');
    socket.subscribe('1', query, { id: { a: 1 } });
    const { payload } = await socket.until('error');
    socket.socket.close();
    expect(errorOf({ errors: payload } as never)).toEqual(['BAD_USER_INPUT', 'jobId: must be an id as text']);

    const body = JSON.stringify({ query: PROCESS });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    expect((await fetch(`${app.url}/graphql`, init)).status).toBe(400);
  });
});

describe('a value in the document that does not fit its type', () => {
  const process = (operation: string) =>
    `mutation { processImage(input: { imageId: "1", operations: [${operation}] }) { id } }`;
  it.each([
    [
      'a fraction for an Int',
      process('{ resize: { width: 1.5 } }'),
      `${PLACE}.resize.width: must be a whole number`,
    ],
    [
      'an unknown member',
      process('{ resize: { width: 1, fit: X } }'),
      `${PLACE}.resize.fit: must be one of `,
    ],
    [
      'a text for a member',
      process('{ resize: { width: 1, fit: "COVER" } }'),
      `${PLACE}.resize.fit: must be one of `,
    ],
    ['a missing field', process('{ blur: {} }'), `${PLACE}.blur.sigma: is required`],
    ['null for a field', process('{ blur: { sigma: null } }'), `${PLACE}.blur.sigma: must not be null`],
    ['an unknown field', process('{ blur: { sigma: 1, x: 1 } }'), `${PLACE}.blur.x: is not a field of`],
    [
      'two operations',
      process('{ blur: { sigma: 1 }, sharpen: { amount: 1 } }'),
      `${PLACE}: must have exactly one of `,
    ],
    ['a text for an object', process('"x"'), `${PLACE}: must be an object`],
    ['a text for a Float', process('{ blur: { sigma: "x" } }'), `${PLACE}.blur.sigma: must be 0.3 to 100`],
    [
      'an object for an operation without parameters',
      process('{ grayscale: {} }'),
      `${PLACE}.grayscale: must be true`,
    ],
    ['no argument', '{ image { id } }', 'id: is required'],
    ['no argument of a directive', '{ me { id @include } }', 'if: is required'],
    [
      'a variable of another type',
      'query ($n: String) { images(first: $n) { totalCount } }',
      'first: needs a variable of type Int!; $n is of type String',
    ],
    [
      'the default of a variable',
      'query ($b: Boolean = "x") { me { id @include(if: $b) } }',
      '$b: must be true or false',
    ],
    ['a text for an Int argument', '{ images(first: "x") { totalCount } }', 'first: must be a whole number'],
  ])('is named by its path: %s', async (_what, query, message) => {
    const [code, said] = errorOf(await ada.ask(query));
    expect([code, String(said).slice(0, message.length)]).toEqual(['GRAPHQL_VALIDATION_FAILED', message]);
  });
});

describe('without introspection', () => {
  it.each([
    [input({ resize: { width: 1, fit: 'X' } }), `${PLACE}.resize.fit: must be a value of `],
    [input({}), `${PLACE}: must have exactly one field`],
  ])('errors name no members of the schema: %j', async (variables, message) => {
    const closed = await startTestApp({ introspection: false });
    const [, said] = errorOf(await (await closed.signedIn()).ask(PROCESS, variables));
    expect(said).toMatch(message);
    expect(said).not.toMatch(/COVER|sharpen/);
    await closed.close();
  });
});
