/** Limits of the WebSocket transport. */
export interface WebSocketLimits {
  /** Time for `connection_init` in ms, in which a client may renew its token; then close code 4408. */
  initTimeoutMs: number;
  /** Bytes of one incoming message; beyond, close code 1009. */
  maxMessageBytes: number;
  /** Messages of one user over all sockets, and of one socket before its sign-in; beyond, close code 1008. */
  maxMessagesPerMinute: number;
  /** Sockets of this process; beyond, HTTP 503. */
  maxSockets: number;
  /**
   * Sockets of one IP address before their sign-in; beyond, HTTP 429. Prevents a few machines from using all sockets.
   */
  maxUnsignedPerAddress: number;
  /** Beyond, close code 1013. */
  maxSocketsPerUser: number;
  /** At the same time on one socket; beyond, LIMIT_EXCEEDED for that subscription. */
  maxSubscriptionsPerSocket: number;
  /**
   * Bytes sent but not yet passed to the network, because the client does not read; beyond, the socket is terminated.
   */
  maxBufferedBytes: number;
  /**
   * Interval of pings in ms. A socket is terminated after two pings without an answer; a single one may be late
   * because of a delay of this event loop.
   */
  pingIntervalMs: number;
  /** Time for a client to answer a close frame, in ms; then the socket is terminated. */
  closeTimeoutMs: number;
}

/** Limits that settings change. */
export type SocketLimits = Pick<
  WebSocketLimits,
  'maxMessagesPerMinute' | 'maxSockets' | 'maxSocketsPerUser' | 'maxSubscriptionsPerSocket'
>;

export const DEFAULT_WEBSOCKET_LIMITS: WebSocketLimits = {
  initTimeoutMs: 10_000,
  maxMessageBytes: 64 * 1024,
  maxMessagesPerMinute: 300,
  maxSockets: 1_000,
  maxUnsignedPerAddress: 50,
  maxSocketsPerUser: 10,
  maxSubscriptionsPerSocket: 20,
  maxBufferedBytes: 1024 * 1024,
  pingIntervalMs: 12_000,
  closeTimeoutMs: 1_000,
};
