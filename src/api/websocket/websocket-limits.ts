/** Bounds on the WebSocket transport. */
export interface WebSocketLimits {
  /** Until the client has to have sent `connection_init`; then 4408. */
  initTimeoutMs: number;
  /** Of one incoming message; then 1009. */
  maxMessageBytes: number;
  /** Of one user over all sockets, and of one socket on which nobody has signed in; then 1008. */
  maxMessagesPerMinute: number;
  /** Of this process; then HTTP 503. */
  maxSockets: number;
  /** Of one address, on which nobody has signed in yet; then HTTP 429, or a few machines could take all the places. */
  maxUnsignedPerAddress: number;
  /** Then 1013. */
  maxSocketsPerUser: number;
  /** At the same time; then LIMIT_EXCEEDED for the one subscription. */
  maxSubscriptionsPerSocket: number;
  /** Sent, and not yet taken by the network because the client does not read; then the socket is cut. */
  maxBufferedBytes: number;
  /** A client that has answered neither of two pings when the next is due is cut. One alone may be our own loop that paused. */
  pingIntervalMs: number;
}

export const DEFAULT_WEBSOCKET_LIMITS: WebSocketLimits = {
  initTimeoutMs: 3_000,
  maxMessageBytes: 64 * 1024,
  maxMessagesPerMinute: 300,
  maxSockets: 1_000,
  maxUnsignedPerAddress: 50,
  maxSocketsPerUser: 10,
  maxSubscriptionsPerSocket: 20,
  maxBufferedBytes: 1024 * 1024,
  pingIntervalMs: 12_000,
};

/** Close codes: those of RFC 6455 section 7.4 and of the graphql-transport-ws protocol. */
export const CLOSE = {
  GOING_AWAY: 1001,
  POLICY_VIOLATION: 1008,
  TRY_AGAIN_LATER: 1013,
  /** The token is missing or wrong: the same one will not do better, so clients do not try again. */
  UNAUTHORIZED: 4401,
  /** The sign-in has ended: clients may try again with another token. */
  FORBIDDEN: 4403,
  INTERNAL_ERROR: 4500,
} as const;
