import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { credentialOf } from '../../services/accounts/authenticator.js';
import type { MessageBudget } from '../../services/accounts/message-budget.js';
import { rateLimitSubnet } from '../../services/accounts/rate-limit-subnet.js';
import type { Viewer } from '../../services/accounts/viewer.js';
import type { Context } from '../graphql/context.js';
import { publicError } from '../graphql/error-format.js';
import { type ContextDependencies, openContext } from '../graphql/request-context.js';
import { basePathOf, withoutBasePath } from '../http/base-path.js';
import { clientAddress, clientProtocol } from '../http/client-address.js';
import { DEFAULT_QUERY_LIMITS } from '../limits/query-limits.js';
import { CLOSE } from './close-reasons.js';
import type { Connection } from './connection.js';
import { socketCredentials } from './socket-credentials.js';
import type { SubscriptionEvent } from './subscription-protocol.js';
import { DEFAULT_WEBSOCKET_LIMITS, type SocketLimits } from './websocket-limits.js';
import { SubscriptionServer } from './websocket-server.js';

/**
 * Interval in ms at which ended sessions and API tokens are looked up; the maximum time that a socket outlives them.
 */
const REVOCATION_CHECK_MS = 1_000;
/** Maximum length of an operation name in the log, in characters; clients choose the name. */
const MAX_NAME = 100;

export interface SubscriptionDependencies extends ContextDependencies {
  httpServer: Server;
  schema: GraphQLSchema;
  options: {
    publicUrl: string | undefined;
    trustProxy: number;
    introspection: boolean;
    allowedOrigins: string[];
    socketLimits: SocketLimits;
  };
  logger: Logger;
  messages: MessageBudget;
}

/** Serves subscriptions at `/graphql` to signed-in users while their sessions last. */
export class Subscriptions {
  readonly #sockets: SubscriptionServer<Viewer, Context>;
  readonly #viewers = new Set<Viewer>();
  readonly #revocations: NodeJS.Timeout;
  /** Origins of this server and of other pages that may connect, in addition to the requested host. */
  readonly #origins: ReadonlySet<string>;

  constructor(private readonly deps: SubscriptionDependencies) {
    const { options, logger } = deps;
    const own = options.publicUrl === undefined ? [] : [new URL(options.publicUrl).origin];
    this.#origins = new Set([...own, ...options.allowedOrigins]);
    const basePath = basePathOf(options.publicUrl);
    this.#sockets = new SubscriptionServer<Viewer, Context>({
      server: deps.httpServer,
      path: '/graphql',
      pathOf: (request) => withoutBasePath(request, basePath),
      schema: deps.schema,
      limits: { ...DEFAULT_WEBSOCKET_LIMITS, ...options.socketLimits },
      budget: deps.messages,
      queryLimits: DEFAULT_QUERY_LIMITS,
      introspection: options.introspection,
      originAllowed: (origin, request) => this.#originAllowed(origin, request),
      addressOf: (request) => rateLimitSubnet(clientAddress(request, options.trustProxy)),
      authenticate: (parameters, connection) => this.#authenticate(parameters, connection),
      contextFor: async (viewer, { request }) => ({ ...(await this.#contextOf(request, undefined)), viewer }),
      rightsOf,
      renew: (context) => {
        context.services = context.unitOfWork();
      },
      formatError: (error) => publicError(error, randomUUID(), logger),
      onOperation: (event) => this.#log(event),
      onUnexpected: this.#onUnexpected,
    });
    this.#revocations = setInterval(() => this.#disconnectEnded(), REVOCATION_CHECK_MS).unref();
  }

  get connectionCount(): number {
    return this.#sockets.connectionCount;
  }

  close(): Promise<void> {
    clearInterval(this.#revocations);
    return this.#sockets.close();
  }

  async #authenticate(
    parameters: Readonly<Record<string, unknown>>,
    connection: Connection<Viewer>,
  ): Promise<Viewer | undefined> {
    const credentials = socketCredentials(parameters, connection.request.headers);
    const { viewer } = await this.#contextOf(connection.request, credentials);
    if (viewer === null) return undefined;
    if (viewer instanceof AppError) throw viewer;
    this.#viewers.add(viewer);
    void connection.closed().then(() => this.#viewers.delete(viewer));
    return viewer;
  }

  #contextOf(request: IncomingMessage, authorization: string | undefined): Promise<Context> {
    const { publicUrl, trustProxy } = this.deps.options;
    const baseUrl = publicUrl ?? `${clientProtocol(request, trustProxy)}://${request.headers.host}`;
    const address = clientAddress(request, trustProxy);
    const facts = { requestId: randomUUID(), arrivedAt: new Date(), address, baseUrl, authorization };
    return openContext(facts, this.deps);
  }

  /**
   * Clients other than browsers send no Origin. A proxy may have rewritten the host, so PUBLIC_URL and
   * ALLOWED_ORIGINS are also accepted.
   */
  #originAllowed(origin: string | undefined, { headers }: IncomingMessage): boolean {
    return origin === undefined || this.#origins.has(origin) || URL.parse(origin)?.host === headers.host;
  }

  async #disconnectEnded(): Promise<void> {
    if (this.#viewers.size === 0) return;
    const ended = await this.deps.unitOfWork().auth.endedAmong(this.#viewers).catch(this.#onUnexpected);
    if (!ended?.size) return;
    this.#sockets.disconnect((viewer) => {
      if (!ended.has(credentialOf(viewer))) return undefined;
      return viewer.kind === 'API_TOKEN' ? CLOSE.TOKEN_REVOKED : CLOSE.SIGNED_OUT;
    });
  }

  #log({ session, operationName, status }: SubscriptionEvent<Viewer>): void {
    const operation = operationName?.slice(0, MAX_NAME);
    this.deps.logger.info({ path: '/graphql', operation, userId: session.userId, status }, 'subscription');
  }

  readonly #onUnexpected = (error: unknown): void => {
    this.deps.logger.error({ err: error }, 'unexpected error on a socket');
  };
}

/** What the response to an operation depends on, besides the operation: the user, the scope, and the address in links. */
function rightsOf({ viewer, baseUrl }: Context): string | undefined {
  if (viewer === null || viewer instanceof AppError) return undefined;
  const scope = viewer.kind === 'API_TOKEN' ? viewer.scope : 'ACCOUNT';
  return [viewer.userId, scope, baseUrl].join(' ');
}
