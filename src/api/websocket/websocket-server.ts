import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { MessageBudget } from '../../services/accounts/message-budget.js';
import type { AdmissionRules } from '../limits/admit-operation.js';
import { Connection, type Session } from './connection.js';
import { type SubscriptionHandlers, subscriptionProtocol } from './subscription-protocol.js';
import { CLOSE, DEFAULT_WEBSOCKET_LIMITS, type WebSocketLimits } from './websocket-limits.js';

export interface WebSocketOptions<S extends Session, C extends object>
  extends AdmissionRules,
    SubscriptionHandlers<S, C> {
  server: Server;
  /** Such as `/graphql`; upgrades to any other path are refused. */
  path: string;
  limits?: WebSocketLimits;
  /** Of messages; left out, this process counts for itself what the limits say. */
  budget?: MessageBudget;
  /** Where a request comes from, for who stands behind proxies; left out, it is the other end of its socket. */
  addressOf?(request: IncomingMessage): string;
  /** Whether a page of this origin may connect. Programs that are no browser send none. */
  originAllowed(origin: string | undefined, request: IncomingMessage): boolean;
}

export interface SubscriptionServer<S extends Session> {
  readonly connectionCount: number;
  /** Closes (4403) the connections of ended sign-ins. */
  disconnect(ended: (session: S) => boolean): void;
  /** Takes no more connections, ends all subscriptions, closes all clients (1001), and cuts those that linger. */
  close(graceMs?: number): Promise<void>;
}

/** Serves GraphQL subscriptions (graphql-transport-ws) on an HTTP server. */
export function serveSubscriptions<S extends Session, C extends object>(
  options: WebSocketOptions<S, C>,
): SubscriptionServer<S> {
  const { server, path, originAllowed, limits = DEFAULT_WEBSOCKET_LIMITS } = options;
  const { addressOf = ({ socket }) => socket.remoteAddress ?? 'unknown' } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxMessageBytes,
    handleProtocols,
  });
  const connections = new Set<Connection<S>>();
  const ending = new Set<Promise<void>>();
  const socketsOf = (userId: string) =>
    [...connections].filter(({ session }) => session?.userId === userId).length;
  const unsignedOf = (address: string) =>
    [...connections].filter(({ session, request }) => !session && addressOf(request) === address).length;
  const protocol = subscriptionProtocol(options, limits, options, socketsOf);
  const budget = options.budget ?? new MessageBudget(limits.maxMessagesPerMinute);
  let closing = false;

  function refusal(request: IncomingMessage): string | undefined {
    if (request.url?.split('?', 1)[0] !== path) return '404 Not Found';
    if (!originAllowed(request.headers.origin, request)) return '403 Forbidden';
    if (unsignedOf(addressOf(request)) >= limits.maxUnsignedPerAddress) return '429 Too Many Requests';
    if (closing || connections.size >= limits.maxSockets) return '503 Service Unavailable';
    return undefined;
  }

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const refused = refusal(request);
    if (refused) {
      stream.on('error', () => stream.destroy());
      stream.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const connection = new Connection<S>(socket, request, limits, budget, options.onUnexpected);
      connections.add(connection);
      const closed = protocol.opened(connection, connection);
      const end = connection
        .closed()
        .then((code) => {
          connections.delete(connection);
          return closed(code);
        })
        .catch(options.onUnexpected)
        .finally(() => ending.delete(end));
      ending.add(end);
    });
  }

  const heartbeat = setInterval(() => {
    for (const connection of connections) connection.checkAlive();
  }, limits.pingIntervalMs);
  heartbeat.unref();
  server.on('upgrade', upgrade);

  return {
    get connectionCount() {
      return connections.size;
    },
    disconnect(ended) {
      for (const connection of connections) {
        if (connection.session && ended(connection.session)) connection.close(CLOSE.FORBIDDEN, 'Signed out');
      }
    },
    async close(graceMs = 2_000) {
      closing = true;
      clearInterval(heartbeat);
      for (const connection of connections) connection.close(CLOSE.GOING_AWAY, 'Going away');
      const deadline = new AbortController();
      await Promise.race([Promise.all(ending), delay(graceMs, undefined, { signal: deadline.signal })]);
      deadline.abort();
      for (const connection of connections) connection.terminate();
      sockets.close();
    },
  };
}
