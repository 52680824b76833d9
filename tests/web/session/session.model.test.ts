import { expect, it } from '@jest/globals';
import { reduceSession, type SessionEvent } from '../../../web/session/session.model.js';

const signedIn = (id: string): SessionEvent => ({
  type: 'SIGNED_IN',
  user: { id, email: `${id}@example.com` },
});
const unknown = { status: 'UNKNOWN' } as const;

it('does not change when the same user is renewed, so that no page loads again', () => {
  const ada = reduceSession(unknown, signedIn('ada'));
  expect(reduceSession(ada, signedIn('ada'))).toBe(ada);
});

it('follows a sign-in of another user and a sign-out', () => {
  const ada = reduceSession(unknown, signedIn('ada'));
  expect(reduceSession(ada, signedIn('bob'))).toMatchObject({ user: { id: 'bob' } });
  expect(reduceSession(ada, { type: 'SIGNED_OUT' })).toEqual({ status: 'SIGNED_OUT' });
});
