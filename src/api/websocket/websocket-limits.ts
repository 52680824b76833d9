/** Bounds on the WebSocket transport. */
export interface WebSocketLimits {
  /** Time for `connection_init`; then 4408. */
  initTimeoutMs: number;
  /** Of one incoming message; then 1009. */
  maxMessageBytes: number;
  /** Of one user over all sockets, and of one socket before its sign-in; then 1008. */
  maxMessagesPerMinute: number;
  /** Of this process; then HTTP 503. */
  maxSockets: number;
  /** Of one address before their sign-in, so that a few machines cannot take all sockets; then HTTP 429. */
  maxUnsignedPerAddress: number;
  /** Then 1013. */
  maxSocketsPerUser: number;
  /** At the same time; then LIMIT_EXCEEDED for the one subscription. */
  maxSubscriptionsPerSocket: number;
  /** Sent and not yet taken by the network, because the client does not read; then the socket is cut. */
  maxBufferedBytes: number;
  /** A client that has answered neither of two pings when the next is due is cut; one alone may be our own loop's delay. */
  pingIntervalMs: number;
  /** Time for a client to answer a close frame; then the socket is cut. */
  closeTimeoutMs: number;
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
  closeTimeoutMs: 1_000,
};
