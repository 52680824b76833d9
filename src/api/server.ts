import { createServer as createHttpServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type Request } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import type { MessageBudget } from '../services/accounts/message-budget.js';
import { reportDownloads } from './benchmarks/report-downloads.js';
import { maskedErrors, operationNames } from './graphql/apollo-plugins.js';
import type { Context } from './graphql/context.js';
import { type ContextDependencies, openContext } from './graphql/request-context.js';
import { health } from './http/health.js';
import { errorHandler } from './http/http-errors.js';
import { DEFAULT_HTTP_LIMITS, type HttpLimits, serverOptions } from './http/http-limits.js';
import { listenOn } from './http/listen-on.js';
import { countedRequests, metricsEndpoint } from './http/metrics-endpoint.js';
import { requestLog } from './http/request-log.js';
import { requestSpans } from './http/request-spans.js';
import { warnOfUntrustedProxy } from './http/untrusted-proxy.js';
import { downloads } from './images/image-downloads.js';
import { multipart } from './images/multipart.js';
import { removeLeftOverBuffers } from './images/upload-buffers.js';
import { uploadGate } from './images/upload-gate.js';
import { jobDownloads } from './jobs/job-downloads.js';
import { DEFAULT_QUERY_LIMITS } from './limits/query-limits.js';
import { limitedApollo } from './limits/query-limits.plugin.js';
import { playground } from './playground/playground.js';
import { createSchema } from './schema.js';
import { subscriptions } from './websocket/subscriptions.js';

/** How long requests may go on when the server ends; then they are cut, so that there is time to close what is behind. */
const DRAIN_MS = 4_000;

export interface ServerOptions {
  host: string;
  port: number;
  publicUrl: string | undefined;
  trustProxy: number;
  /** Origins whose pages may call the API, besides its own. */
  allowedOrigins: string[];
  introspection: boolean;
  maxUploadBytes: number;
  maxUploadFiles: number;
  /** Who sends it reads /metrics; left out, everybody does, but nobody in production. */
  metricsToken: string | undefined;
  production: boolean;
}

export interface ServerDependencies extends ContextDependencies {
  options: ServerOptions;
  logger: Logger;
  metrics: Metrics;
  ready(): Promise<void>;
  httpLimits?: HttpLimits | undefined;
  /** Of messages over sockets. */
  messages: MessageBudget;
}

/** The API over HTTP and WebSocket. */
export interface ApiServer {
  /** Where it is reached, such as `http://localhost:4000`. */
  url: string;
  /** Stops accepting, lets what runs end, closes the sockets. */
  close(): Promise<void>;
}

export async function startServer(deps: ServerDependencies): Promise<ApiServer> {
  const { options, logger, links, metrics, httpLimits = DEFAULT_HTTP_LIMITS } = deps;
  const app = express();
  const httpServer = createHttpServer(serverOptions(httpLimits), app);
  const contextOf = requestContexts(deps);
  const masked = maskedErrors(logger);
  const limited = limitedApollo(DEFAULT_QUERY_LIMITS, options.introspection);
  const schema = await createSchema();
  const apollo = new ApolloServer<Context>({
    schema,
    includeStacktraceInErrorResponses: false,
    ...limited,
    // main.ts drains on signals, in an order of its own.
    stopOnTerminationSignals: false,
    logger,
    formatError: masked.formatError,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: DRAIN_MS }),
      ApolloServerPluginLandingPageDisabled(),
      operationNames(),
      countedRequests(metrics),
      masked.plugin,
      ...limited.plugins,
    ],
  });
  await apollo.start();
  await removeLeftOverBuffers();

  warnOfUntrustedProxy(httpServer, options.trustProxy, logger);
  app.set('trust proxy', options.trustProxy);
  app.disable('x-powered-by');
  app.use(requestLog(logger));
  if (options.allowedOrigins.length > 0) app.use(cors({ origin: options.allowedOrigins, maxAge: 86_400 }));
  app.use(health({ ready: deps.ready, logger }));
  app.use(metricsEndpoint(metrics, options));
  app.use(requestSpans());
  const downloadable = { links, contextOf, stalledMs: httpLimits.stalledMs };
  app.use(downloads(downloadable), jobDownloads(downloadable), reportDownloads(downloadable));
  app.use(playground());
  app.get('/graphql', (request, response, next) => {
    // A browser's address bar, not a client: clients ask for JSON.
    if (request.query.query === undefined && request.accepts(['json', 'html']) === 'html')
      response.redirect('/playground');
    else next();
  });
  app.use(
    '/graphql',
    uploadGate(contextOf, logger),
    multipart({
      maxFileSize: options.maxUploadBytes,
      maxFiles: options.maxUploadFiles,
      maxFieldSize: 100_000,
    }),
    express.json({ limit: '100kb' }),
    expressMiddleware(apollo, { context: async ({ req }) => contextOf(req) }),
  );
  app.use(errorHandler(logger));

  const sockets = subscriptions({ ...deps, schema, httpServer });
  metrics.gauge('websocket_connections', 'Open WebSocket connections.', [], (set) =>
    set({}, sockets.connectionCount),
  );
  const port = await listenOn(httpServer, options, 'PORT');
  return { url: options.publicUrl ?? `http://${options.host}:${port}`, close };

  async function close(): Promise<void> {
    await Promise.all([sockets.close(), apollo.stop()]);
  }
}

/** The context of a request: one unit of work, also where several handlers ask for it. */
function requestContexts(deps: ServerDependencies): (request: Request) => Promise<Context> {
  const contexts = new WeakMap<Request, Promise<Context>>();
  const open = async (request: Request): Promise<Context> => {
    const gone = new AbortController();
    request.res?.once('close', () => gone.abort());
    const context = await openContext(
      {
        requestId: request.id,
        arrivedAt: request.arrivedAt,
        address: request.ip ?? 'unknown',
        userAgent: request.get('user-agent'),
        baseUrl: deps.options.publicUrl ?? `${request.protocol}://${request.get('host')}`,
        gone: gone.signal,
        authorization: request.get('authorization'),
      },
      deps,
    );
    request.logged = context.logged;
    return context;
  };
  return (request) => {
    const known = contexts.get(request) ?? open(request);
    contexts.set(request, known);
    return known;
  };
}
