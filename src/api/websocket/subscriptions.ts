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
import { clientAddress, clientProtocol } from '../http/client-address.js';
import { DEFAULT_QUERY_LIMITS } from '../limits/query-limits.js';
import type { Connection } from './connection.js';
import { serveSubscriptions } from './websocket-server.js';

/** How often ended sign-ins are looked for: at most so long a socket outlives its session. */
const REVOCATION_CHECK_MS = 1_000;

interface SubscriptionDependencies extends ContextDependencies {
  httpServer: Server;
  schema: GraphQLSchema;
  options: {
    publicUrl: string | undefined;
    trustProxy: number;
    introspection: boolean;
    allowedOrigins: string[];
  };
  logger: Logger;
  messages: MessageBudget;
}

/** Serves subscriptions at `/graphql`, for who is signed in and as long as that holds. */
export function subscriptions(deps: SubscriptionDependencies): {
  readonly connectionCount: number;
  close(): Promise<void>;
} {
  const { httpServer: server, schema, options, logger, unitOfWork } = deps;
  const publicOrigin = options.publicUrl === undefined ? undefined : URL.parse(options.publicUrl)?.origin;
  const live = new Set<Viewer>();
  const onUnexpected = (error: unknown) => logger.error({ err: error }, 'unexpected error on a socket');
  const sockets = serveSubscriptions<Viewer, Context>({
    server,
    path: '/graphql',
    schema,
    budget: deps.messages,
    queryLimits: DEFAULT_QUERY_LIMITS,
    introspection: options.introspection,
    originAllowed: (origin, request) =>
      origin === undefined ||
      origin === publicOrigin ||
      originAllowed(origin, request, options.allowedOrigins),
    addressOf: (request) => rateLimitSubnet(clientAddress(request, options.trustProxy)),
    authenticate: async (parameters, connection) => {
      const { viewer } = await contextOf(connection, parameters.authorization ?? parameters.Authorization);
      if (viewer === null) throw new AppError('UNAUTHENTICATED', 'connection_init needs { authorization }');
      if (viewer instanceof AppError) throw viewer;
      live.add(viewer);
      void connection.closed().then(() => live.delete(viewer));
      return viewer;
    },
    contextFor: async (session, connection) => ({
      ...(await contextOf(connection, undefined)),
      viewer: session,
    }),
    formatError: (error) => publicError(error, randomUUID(), logger),
    onOperation: ({ session, operationName, status }) =>
      logger.info(
        { path: '/graphql', operation: operationName?.slice(0, 100), userId: session.userId, status },
        'subscription',
      ),
    onUnexpected,
  });

  const revocations = setInterval(async () => {
    if (live.size === 0) return;
    const ended = await unitOfWork().auth.endedAmong(live).catch(onUnexpected);
    if (ended?.size) sockets.disconnect((viewer) => ended.has(credentialOf(viewer)));
  }, REVOCATION_CHECK_MS);
  revocations.unref();

  function contextOf(connection: Connection<Viewer>, authorization: unknown): Promise<Context> {
    const { request } = connection;
    const protocol = clientProtocol(request, options.trustProxy);
    const baseUrl = options.publicUrl ?? `${protocol}://${request.headers.host}`;
    return openContext(
      {
        requestId: randomUUID(),
        arrivedAt: new Date(),
        address: clientAddress(request, options.trustProxy),
        baseUrl,
        authorization: typeof authorization === 'string' ? authorization : undefined,
      },
      deps,
    );
  }

  return {
    get connectionCount() {
      return sockets.connectionCount;
    },
    close: () => {
      clearInterval(revocations);
      return sockets.close();
    },
  };
}

/** Pages of the address at which this server was asked, which a proxy may have rewritten, and of those that the settings name. */
function originAllowed(origin: string, { headers }: IncomingMessage, allowed: string[]): boolean {
  return allowed.includes(origin) || URL.parse(origin)?.host === headers.host;
}
