/** Sign-in of the page. */
export type SessionState =
  /** The page has not yet asked the server. */
  | { status: 'UNKNOWN' }
  | { status: 'SIGNED_OUT' }
  | { status: 'SIGNED_IN'; user: { id: string; email: string }; accessToken: string; expiresAtMs: number };

export type SessionEvent =
  | {
      type: 'SIGNED_IN';
      user: { id: string; email: string };
      accessToken: string;
      /** Time at which the access token expires, on this machine's clock. */
      expiresAtMs: number;
    }
  | { type: 'SIGNED_OUT' };

/** An access token is renewed when it expires within this time. */
const RENEW_BEFORE_MS = 60_000;

/** Applies an event. Of two answers that arrive in the wrong order, the token that lasts longer is kept. */
export function reduceSession(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'SIGNED_OUT':
      return { status: 'SIGNED_OUT' };
    case 'SIGNED_IN': {
      const { type: _type, ...session } = event;
      const isOlder =
        state.status === 'SIGNED_IN' &&
        state.user.id === session.user.id &&
        state.expiresAtMs > session.expiresAtMs;
      return isOlder ? state : { status: 'SIGNED_IN', ...session };
    }
    default:
      return event satisfies never;
  }
}

/** Whether the access token must be renewed before the next request. */
export function mustRenew(state: SessionState, nowMs: number): boolean {
  return state.status === 'SIGNED_IN' && state.expiresAtMs - nowMs < RENEW_BEFORE_MS;
}
