import { expect, it } from '@jest/globals';
import { mustRenew, reduceSession, type SessionEvent } from '../../../web/session/session.model.js';

const signedIn = (expiresAtMs: number, id = 'ada'): SessionEvent => ({
  type: 'SIGNED_IN',
  user: { id, email: `${id}@example.com` },
  accessToken: `token-${expiresAtMs}`,
  expiresAtMs,
});
const unknown = { status: 'UNKNOWN' } as const;

it('keeps the token that lasts longer when two answers arrive in the wrong order', () => {
  const newer = reduceSession(unknown, signedIn(2_000));
  expect(reduceSession(newer, signedIn(1_000))).toBe(newer);
  expect(reduceSession(newer, signedIn(3_000))).toMatchObject({ accessToken: 'token-3000' });
});

it('takes the token of another user whatever its expiry', () => {
  const ada = reduceSession(unknown, signedIn(2_000));
  expect(reduceSession(ada, signedIn(1_000, 'bob'))).toMatchObject({ user: { id: 'bob' } });
});

it('renews in the last minute of a token, and never when signed out', () => {
  const state = reduceSession(unknown, signedIn(100_000));
  expect(mustRenew(state, 39_000)).toBe(false);
  expect(mustRenew(state, 41_000)).toBe(true);
  expect(mustRenew(reduceSession(state, { type: 'SIGNED_OUT' }), 99_000)).toBe(false);
});
