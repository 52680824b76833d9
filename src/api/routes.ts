import type { ApolloServer } from '@apollo/server';
import cors from 'cors';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import type { VariantCache } from '../services/images/variants/variant-cache.js';
import { sessionRoutes } from './accounts/session-routes.js';
import { reportDownloads } from './benchmarks/report-downloads.js';
import type { Context } from './graphql/context.js';
import type { ContextDependencies } from './graphql/request-context.js';
import { RequestContexts } from './graphql/request-contexts.js';
import { basePathOf, stripBasePath } from './http/base-path.js';
import { bodyProgress } from './http/body-progress.js';
import { compress } from './http/compress.js';
import { graphqlEndpoint } from './http/graphql-endpoint.js';
import { graphqlRequest } from './http/graphql-request.js';
import { errorHandler, notFound } from './http/http-errors.js';
import type { HttpLimits } from './http/http-limits.js';
import { requestLog } from './http/request-log.js';
import { requestSpans } from './http/request-spans.js';
import { securityHeaders } from './http/security-headers.js';
import { downloads } from './images/image-downloads.js';
import { multipart } from './images/multipart.js';
import type { UploadBuffers } from './images/upload-buffers.js';
import { uploadGate } from './images/upload-gate.js';
import { variantDownloads } from './images/variant-downloads.js';
import { jobDownloads } from './jobs/job-downloads.js';
import { playground } from './playground/playground.js';
import { health } from './probes/health.js';
import { metricsEndpoint } from './probes/metrics-endpoint.js';
import { WEB_APP_FOLDER, webApp } from './web/web-app.js';

const DAY_SECONDS = 86_400;
/** Response headers that pages of other origins may read, in addition to those that CORS always allows. */
const EXPOSED_HEADERS = ['Content-Disposition', 'Content-Range', 'ETag', 'Retry-After', 'Server-Timing'];

export interface RouteOptions {
  publicUrl: string | undefined;
  sessionDays: number;
  trustProxy: number;
  /** Origins whose pages may call the API, besides its own. */
  allowedOrigins: string[];
  maxUploadBytes: number;
  maxUploadFiles: number;
  /** Bearer token for /metrics; undefined: public, and off in production. */
  metricsToken: string | undefined;
  production: boolean;
  /** Whether spans are exported. */
  tracing: boolean;
}

export interface RouteDependencies extends ContextDependencies {
  variants: VariantCache;
  options: RouteOptions;
  logger: Logger;
  metrics: Metrics;
  httpLimits: HttpLimits;
  apollo: ApolloServer<Context>;
  buffers: UploadBuffers;
  ready(): Promise<void>;
  /** Aborts when the process is about to stop accepting requests. */
  draining: AbortSignal;
}

/** Adds every route: middleware for all requests, GraphQL first because most requests go there, probes, downloads, pages. */
export function addRoutes(app: Express, deps: RouteDependencies): void {
  const { options, logger, metrics, links, httpLimits, draining, ready } = deps;
  const contexts = new RequestContexts(deps, options.publicUrl);
  const basePath = basePathOf(options.publicUrl);
  app.set('trust proxy', options.trustProxy);
  app.disable('x-powered-by');
  // Express would hash every response: those of GraphQL are not stored, and files and the web app have tags of their own.
  app.disable('etag');
  app.use(requestLog(app, logger), securityHeaders(), bodyProgress(httpLimits, logger), closeWhile(draining));
  app.use(stripBasePath(basePath));
  if (options.allowedOrigins.length > 0) app.use(crossOrigin(options.allowedOrigins));
  const probes = [
    health({ ready, logger, draining: () => draining.aborted }),
    metricsEndpoint(metrics, options),
  ];
  const spans = options.tracing ? [requestSpans()] : [];
  app.use('/graphql', ...spans, playgroundForBrowsers(basePath), ...graphqlHandlers(deps, contexts));
  // Probes have no spans.
  app.use(...probes, ...spans);
  const downloadable = { links, contextOf: contexts.of, stalledMs: httpLimits.stalledMs };
  app.use(downloads(downloadable), jobDownloads(downloadable));
  app.use(variantDownloads({ ...downloadable, variants: deps.variants }));
  // The responses before are compressed images and archives.
  app.use(compress(), reportDownloads(downloadable));
  app.use('/session', sessionRoutes({ contextOf: contexts.of, settings: { ...options, basePath } }));
  app.use(playground(basePath));
  app.use(webApp(WEB_APP_FOLDER, basePath));
  app.use(notFound(), errorHandler(logger));
}

function graphqlHandlers(deps: RouteDependencies, contexts: RequestContexts): RequestHandler[] {
  const { options, logger, apollo, buffers } = deps;
  const limits = { maxFileBytes: options.maxUploadBytes, maxFiles: options.maxUploadFiles };
  return [
    uploadGate(contexts.of, logger),
    multipart(limits, buffers),
    express.json({ limit: '100kb' }),
    graphqlRequest(),
    graphqlEndpoint(apollo, contexts.of),
  ];
}

function crossOrigin(origin: string[]): RequestHandler {
  return cors({ origin, exposedHeaders: EXPOSED_HEADERS, maxAge: DAY_SECONDS });
}

/** Closes keep-alive connections, so that the load balancer routes clients to another process. */
function closeWhile(draining: AbortSignal): RequestHandler {
  return (_request, response, next) => {
    if (draining.aborted) response.set('Connection', 'close');
    next();
  };
}

/** Redirects browser navigation to the playground; other clients accept JSON. */
function playgroundForBrowsers(basePath: string): RequestHandler {
  return (request, response, next) => {
    const page = ['GET', 'HEAD'].includes(request.method) && request.path === '/';
    const browser = page && request.query.query === undefined && request.accepts(['json', 'html']) === 'html';
    if (browser) response.redirect(`${basePath}/playground`);
    else next();
  };
}
