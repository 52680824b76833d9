/** RFC 6455, section 5.5: a control frame has at most 125 bytes, two of which are the code. */
const MAX_REASON_BYTES = 123;

/**
 * Reason for closing a connection: a code of RFC 6455, section 7.4, or of graphql-transport-ws, and advice for the
 * client.
 */
export interface Close {
  readonly code: number;
  readonly reason: string;
}

export const CLOSE = {
  GOING_AWAY: { code: 1001, reason: 'The server is stopping; reconnect' },
  TOO_MANY_MESSAGES: { code: 1008, reason: 'Too many messages; wait a minute, then reconnect' },
  UNAVAILABLE: { code: 1013, reason: 'The server cannot reach its database; reconnect later' },
  TOO_MANY_SOCKETS: { code: 1013, reason: 'This user has too many connections; close one, then reconnect' },
  MALFORMED: { code: 4400, reason: 'Send JSON messages of graphql-transport-ws with a valid type' },
  /** Final: the same token would fail again, so clients do not retry. */
  NO_TOKEN: {
    code: 4401,
    reason: 'Sign in: send connection_init with { "authorization": "Bearer <accessToken>" }',
  },
  BAD_TOKEN: {
    code: 4401,
    reason: 'The access token is not valid; refresh it or sign in, then reconnect with the new one',
  },
  /** Clients may retry with another token. */
  FORBIDDEN: { code: 4403, reason: 'This account may not subscribe; sign in with another one' },
  EXPIRED: { code: 4403, reason: 'The token has expired; reconnect with a new one' },
  TOKEN_REVOKED: {
    code: 4403,
    reason: 'The API token was revoked or has expired; reconnect with another one',
  },
  SIGNED_OUT: { code: 4403, reason: 'The session has ended; sign in again and reconnect' },
  INTERNAL_ERROR: { code: 4500, reason: 'Internal error; reconnect' },
} as const satisfies Record<string, Close>;

/** Our texts for closes that the protocol library initiates. */
const OF_PROTOCOL: Readonly<Record<number, string>> = {
  4400: CLOSE.MALFORMED.reason,
  4401: 'Send connection_init and wait for connection_ack before you subscribe',
  4406: 'Connect with the WebSocket subprotocol graphql-transport-ws',
  4408: 'connection_init did not arrive in time; send it as soon as the connection is open',
  4409: 'This connection has a subscription with that id; choose another id',
  4429: 'Send connection_init only once; reconnect to sign in as another user',
};

/**
 * Replaces the reason of a close by the library; unknown reasons are shortened, because they can contain client
 * input.
 */
export function protocolClose(code: number, reason: string): Close {
  return { code, reason: OF_PROTOCOL[code] ?? reason.slice(0, MAX_REASON_BYTES / 3) };
}
