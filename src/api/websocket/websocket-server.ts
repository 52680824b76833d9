import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { MessageBudget } from '../../services/accounts/message-budget.js';
import { type RawError, sendRawError } from '../http/raw-response.js';
import type { AdmissionRules } from '../limits/admit-operation.js';
import { CLOSE, type Close } from './close-reasons.js';
import { Connection, type Session } from './connection.js';
import { type SubscriptionHandlers, SubscriptionProtocol } from './subscription-protocol.js';
import { DEFAULT_WEBSOCKET_LIMITS, type WebSocketLimits } from './websocket-limits.js';

export interface WebSocketOptions<S extends Session, C extends object>
  extends AdmissionRules,
    SubscriptionHandlers<S, C> {
  server: Server;
  /** Path of an upgrade request, without its query string. */
  pathOf?(request: IncomingMessage): string | undefined;
  /** Path such as `/graphql`; upgrades to any other path are refused. */
  path: string;
  limits?: WebSocketLimits;
  /** Counter for the message limit; default: counts in this process. */
  budget?: MessageBudget;
  /** Network of a client, for the limit on connections; default: the remote address of the socket. */
  addressOf?(request: IncomingMessage): string;
  /** Whether a page of this origin may connect. Clients other than browsers send no Origin. */
  originAllowed(origin: string | undefined, request: IncomingMessage): boolean;
}

/** Serves GraphQL subscriptions (graphql-transport-ws) on an HTTP server. */
export class SubscriptionServer<S extends Session, C extends object> {
  readonly #sockets: WebSocketServer;
  readonly #limits: WebSocketLimits;
  readonly #budget: MessageBudget;
  readonly #protocol: SubscriptionProtocol<S, C>['server'];
  readonly #connections = new Set<Connection<S>>();
  readonly #ending = new Set<Promise<void>>();
  readonly #heartbeat: NodeJS.Timeout;
  #closing = false;

  constructor(private readonly options: WebSocketOptions<S, C>) {
    const { server, limits = DEFAULT_WEBSOCKET_LIMITS } = options;
    this.#limits = limits;
    this.#budget = options.budget ?? new MessageBudget(limits.maxMessagesPerMinute);
    this.#protocol = new SubscriptionProtocol(options, limits, options, (userId) =>
      this.#count(({ session }) => session?.userId === userId),
    ).server;
    const { maxMessageBytes: maxPayload, closeTimeoutMs: closeTimeout } = limits;
    // Missing in the types of ws.
    const socketOptions = { noServer: true, maxPayload, closeTimeout, handleProtocols };
    this.#sockets = new WebSocketServer(socketOptions);
    this.#heartbeat = setInterval(() => {
      for (const connection of this.#connections) connection.checkAlive();
    }, limits.pingIntervalMs).unref();
    server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head));
  }

  /** Open connections; those that have been sent a close frame do not count. */
  get connectionCount(): number {
    return this.#count(() => true);
  }

  /** Closes the connections whose sign-in gives a reason for it. */
  disconnect(reason: (session: S) => Close | undefined): void {
    for (const connection of this.#connections) {
      const close = connection.session && reason(connection.session);
      if (close) connection.end(close);
    }
  }

  /**
   * Refuses new connections, ends all subscriptions, closes all clients (1001), and terminates those that do not
   * answer.
   */
  async close(graceMs = 2_000): Promise<void> {
    this.#closing = true;
    clearInterval(this.#heartbeat);
    for (const connection of this.#connections) connection.end(CLOSE.GOING_AWAY);
    const deadline = new AbortController();
    await Promise.race([Promise.all(this.#ending), delay(graceMs, undefined, { signal: deadline.signal })]);
    deadline.abort();
    for (const connection of this.#connections) connection.terminate();
    this.#sockets.close();
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const refusal = this.#refusal(request);
    if (refusal) sendRawError(stream, refusal);
    else this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#connect(socket, request));
  }

  #refusal(request: IncomingMessage): RawError | undefined {
    const { path, originAllowed, pathOf = ({ url }) => url } = this.options;
    if (pathOf(request)?.split('?', 1)[0] !== path)
      return { status: 404, code: 'NOT_FOUND', message: `Connect to ${path}` };
    if (!originAllowed(request.headers.origin, request))
      return {
        status: 403,
        code: 'FORBIDDEN',
        message: 'Pages of this origin may not connect: ALLOWED_ORIGINS',
      };
    const address = this.#addressOf(request);
    const unsigned = this.#count((other) => !other.session && this.#addressOf(other.request) === address);
    if (unsigned >= this.#limits.maxUnsignedPerAddress)
      return {
        status: 429,
        code: 'RATE_LIMITED',
        message: 'Too many connections of this address wait for a sign-in',
      };
    if (this.#closing || this.connectionCount >= this.#limits.maxSockets)
      return {
        status: 503,
        code: 'SERVER_BUSY',
        message: 'No more connections are accepted now; try again later',
      };
    return undefined;
  }

  #connect(socket: WebSocket, request: IncomingMessage): void {
    const { onUnexpected } = this.options;
    const connection = new Connection<S>(socket, request, this.#limits, this.#budget, onUnexpected);
    this.#connections.add(connection);
    const closed = this.#protocol.opened(connection, connection);
    const end: Promise<void> = connection
      .closed()
      .then((code) => {
        this.#connections.delete(connection);
        return closed(code);
      })
      .catch(onUnexpected)
      .finally(() => this.#ending.delete(end));
    this.#ending.add(end);
  }

  #addressOf(request: IncomingMessage): string {
    return this.options.addressOf?.(request) ?? request.socket.remoteAddress ?? 'unknown';
  }

  #count(matches: (connection: Connection<S>) => boolean): number {
    let count = 0;
    for (const connection of this.#connections) if (connection.open && matches(connection)) count++;
    return count;
  }
}
