import { describe, expect, it, jest } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { AccessTokens } from '../../../src/services/accounts/access-tokens.js';

const SECRET = 'a secret for tests of at least 32 characters';
const accessTokens = new AccessTokens(SECRET, 900);
const claims = { sid: 'session', typ: 'access' };
const options = {
  algorithm: 'HS256',
  issuer: 'nogil-bench',
  audience: 'nogil-bench-api',
  subject: 'user',
} as const;
const sign = (payload: object, changes: jwt.SignOptions, secret = SECRET) =>
  jwt.sign(payload, secret, { ...options, expiresIn: 60, ...changes });
const none = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, sub: 'user', exp: 9_999_999_999 })}.`;
};

describe('access tokens', () => {
  it('return user, session and expiry when this server signed them', () => {
    const { token, expiresAt } = accessTokens.sign('user', 'session');
    const viewer = { kind: 'SESSION', userId: 'user', sessionId: 'session', expiresAt };
    expect(accessTokens.verify(token)).toEqual(viewer);
    expect(accessTokens.verify(sign(claims, {}))).toMatchObject({ userId: 'user', sessionId: 'session' });
  });

  it('have equal claims in separate objects when they are verified twice', () => {
    const { token } = accessTokens.sign('user', 'session');
    const [first, second] = [accessTokens.verify(token), accessTokens.verify(token)];
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
  });

  it('expire although they were verified before', () => {
    const token = sign(claims, { expiresIn: 1 });
    expect(accessTokens.verify(token)).toMatchObject({ userId: 'user' });
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_100);
    try {
      expect(() => accessTokens.verify(token)).toThrow('The access token has expired');
    } finally {
      now.mockRestore();
    }
  });

  it('of many users do not replace one another', () => {
    const tokens = Array.from({ length: 1_200 }, (_, user) => accessTokens.sign(`${user}`, 'session').token);
    for (const [user, token] of tokens.entries())
      expect(accessTokens.verify(token)).toMatchObject({ userId: `${user}` });
  });

  it.each([
    ['no algorithm', none()],
    ['another algorithm', sign(claims, { algorithm: 'HS512' })],
    ['another key', sign(claims, {}, 'another secret of at least 32 characters')],
    ['another issuer', sign(claims, { issuer: 'another' })],
    ['another audience', sign(claims, { audience: 'another' })],
    ['another type', sign({ ...claims, typ: 'refresh' }, {})],
    ['an expiry in the past', sign(claims, { expiresIn: -1 })],
    ['a changed signature', `${sign(claims, {}).slice(0, -3)}AAA`],
    ['no content', ''],
  ])('are UNAUTHENTICATED with %s', (_what, token) => {
    expect(() => accessTokens.verify(token)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });
});
