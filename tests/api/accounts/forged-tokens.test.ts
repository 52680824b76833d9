import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const SECRET = 'a secret for tests of at least 32 characters';

let app: TestApp;
let ada: GraphQLClient;
let refreshToken: string;
let claims: jwt.JwtPayload;
beforeAll(async () => {
  app = await startTestApp({ jwtSecret: SECRET });
  ada = app.client();
  ({ refreshToken } = await ada.register());
  claims = jwt.decode(ada.token ?? '') as jwt.JwtPayload;
});
afterAll(() => app.close());

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const sign = (changes: object, secret = SECRET, algorithm: jwt.Algorithm = 'HS256') =>
  jwt.sign({ ...claims, ...changes }, secret, { algorithm });

/** Tokens that claim to be Ada's and must be refused. Functions, as the claims are known only later. */
const FORGED: [string, () => string][] = [
  ['with no algorithm', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`],
  [
    'with no algorithm, and the old signature',
    () => `${encode({ alg: 'none' })}.${encode(claims)}.${ada.token?.split('.')[2]}`,
  ],
  ['with another algorithm', () => sign({}, SECRET, 'HS512')],
  ['with another key', () => sign({}, 'another secret of at least 32 characters')],
  ['with an empty key', () => `${encode({ alg: 'HS256' })}.${encode(claims)}.${'A'.repeat(43)}`],
  [
    'with a key from a file that it names',
    () => `${encode({ alg: 'HS256', kid: '../../../dev/null' })}.${encode(claims)}.${'A'.repeat(43)}`,
  ],
  [
    'with a claim changed',
    () => (ada.token ?? '').replace(/\.[^.]+\./, `.${encode({ ...claims, sub: crypto.randomUUID() })}.`),
  ],
  ['that has expired', () => sign({ exp: 1 })],
  ['that is not valid yet', () => sign({ nbf: 9_999_999_999 })],
  [
    'without an expiry',
    () => {
      const { exp: _, ...eternal } = claims;
      return jwt.sign(eternal, SECRET);
    },
  ],
  ['of another issuer', () => sign({ iss: 'another' })],
  ['for another audience', () => sign({ aud: 'another' })],
  ['of another type', () => sign({ typ: 'refresh' })],
  ['of another session', () => sign({ sid: crypto.randomUUID() })],
  ['of another user in the same session', () => sign({ sub: crypto.randomUUID() })],
  ['that is a refresh token', () => refreshToken],
  ['that is no token', () => 'null'],
];

describe('an access token', () => {
  it('of this server is accepted on each way in', async () => {
    expect((await ada.get('{ me { id } }')).me.id).toBe(claims.sub);
    expect(await overWebSocket(ada.token ?? '')).toBe('acknowledged');
    expect(await overMedia(ada.token ?? '')).toBe(404);
  });

  it.each(FORGED)('%s is UNAUTHENTICATED over HTTP', async (_what, forge) => {
    const client = app.client();
    client.token = forge();
    expect(await client.codeOf('{ me { id } }')).toBe('UNAUTHENTICATED');
  });

  it.each(FORGED)('%s closes a WebSocket with 4401', async (_what, forge) => {
    expect(await overWebSocket(forge())).toBe(4401);
  });

  it.each(FORGED)('%s opens no download', async (_what, forge) => {
    expect(await overMedia(forge())).toBe(401);
  });

  it('is not accepted as a refresh token', async () => {
    const refresh = 'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken } }';
    expect(await app.client().codeOf(refresh, { token: ada.token })).toBe('UNAUTHENTICATED');
  });
});

async function overWebSocket(token: string): Promise<unknown> {
  const socket = await RawSocket.connect(`${app.url.replace('http', 'ws')}/graphql`);
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  const end = await Promise.race([socket.until('connection_ack').then(() => 'acknowledged'), socket.closed]);
  socket.socket.terminate();
  return end;
}

/** The status of a download that is not there. */
async function overMedia(token: string): Promise<number> {
  const url = `${app.url}/media/images/${crypto.randomUUID()}`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}
