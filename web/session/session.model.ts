/** Sign-in of the page. */
export type SessionState =
  /** The page has not yet asked the server. */
  | { status: 'UNKNOWN' }
  /** The server does not answer, so that the page cannot know. */
  | { status: 'UNREACHABLE' }
  | { status: 'SIGNED_OUT' }
  | { status: 'SIGNED_IN'; user: User };

export interface User {
  id: string;
  email: string;
}

export type SessionEvent =
  | { type: 'SIGNED_IN'; user: User }
  | { type: 'SIGNED_OUT' }
  /** The server did not answer. */
  | { type: 'NO_ANSWER' };

/** Applies an event; a renewal for the same user changes nothing, nor does a lost answer while the sign-in is known. */
export function reduceSession(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'NO_ANSWER':
      return state.status === 'UNKNOWN' ? { status: 'UNREACHABLE' } : state;
    case 'SIGNED_OUT':
      return { status: 'SIGNED_OUT' };
    case 'SIGNED_IN':
      return state.status === 'SIGNED_IN' && state.user.id === event.user.id
        ? state
        : { status: 'SIGNED_IN', user: event.user };
    default:
      return event satisfies never;
  }
}
