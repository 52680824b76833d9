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

it('keeps a known session without an answer', () => {
  const user = { id: '1', email: 'ada@example.com' };
  const lost = { type: 'NO_ANSWER' } as const;
  expect(reduceSession({ status: 'UNKNOWN' }, lost)).toEqual({ status: 'UNREACHABLE' });
  expect(reduceSession({ status: 'SIGNED_IN', user }, lost)).toEqual({ status: 'SIGNED_IN', user });
  expect(reduceSession({ status: 'SIGNED_OUT' }, lost)).toEqual({ status: 'SIGNED_OUT' });
  expect(reduceSession({ status: 'UNREACHABLE' }, { type: 'SIGNED_IN', user }).status).toBe('SIGNED_IN');
});
