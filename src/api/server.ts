import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import express from 'express';
import { createApollo } from './apollo.js';
import { DEFAULT_HTTP_LIMITS } from './http/http-limits.js';
import { createHttpServer } from './http/http-server.js';
import { listenOn } from './http/listen-on.js';
import { warnOfUntrustedProxy } from './http/untrusted-proxy.js';
import { removeLeftOverBuffers, UploadBuffers } from './images/upload-buffers.js';
import { addRoutes, type RouteDependencies, type RouteOptions } from './routes.js';
import { createSchema } from './schema.js';
import { type SubscriptionDependencies, Subscriptions } from './websocket/subscriptions.js';
import type { SocketLimits } from './websocket/websocket-limits.js';

export interface ServerOptions extends RouteOptions {
  host: string;
  port: number;
  introspection: boolean;
  /** Time in seconds that an idle connection stays open; longer than the load balancer's. */
  keepAliveSeconds: number;
  socketLimits: SocketLimits;
  /** Time in ms for which requests are accepted after `/ready` starts to answer 503. */
  shutdownDelayMs: number;
}

export interface ServerDependencies
  extends Omit<RouteDependencies, 'options' | 'apollo' | 'buffers' | 'draining' | 'httpLimits'>,
    Pick<SubscriptionDependencies, 'messages'> {
  options: ServerOptions;
  httpLimits?: RouteDependencies['httpLimits'] | undefined;
}

export interface ApiServer {
  /** Address for clients, such as `http://localhost:4000`. */
  url: string;
  /** Stops accepting, waits for requests in progress, closes the sockets. */
  close(): Promise<void>;
}

/** Starts the API over HTTP and WebSocket. */
export async function startServer(deps: ServerDependencies): Promise<ApiServer> {
  const { options, httpLimits = DEFAULT_HTTP_LIMITS } = deps;
  const app = express();
  const httpServer = createHttpServer(httpLimits, options.keepAliveSeconds, app);
  const schema = await createSchema();
  const apollo = createApollo({ ...deps, schema, httpServer, introspection: options.introspection });
  await apollo.start();
  await removeLeftOverBuffers();
  const buffers = new UploadBuffers();
  const drain = new AbortController();
  addRoutes(app, { ...deps, httpLimits, apollo, buffers, draining: drain.signal });
  warnOfUntrustedProxy(httpServer, options.trustProxy, deps.logger);
  const sockets = new Subscriptions({ ...deps, schema, httpServer });
  deps.metrics.gauge('websocket_connections', 'Open WebSocket connections.', [], (set) =>
    set({}, sockets.connectionCount),
  );
  const listener = await listenOn(httpServer, options, 'PORT');

  const close = async (): Promise<void> => {
    drain.abort();
    await delay(options.shutdownDelayMs);
    await Promise.all([sockets.close(), apollo.stop(), listener.close()]);
    await buffers.close();
  };
  return { url: options.publicUrl ?? addressOf(options.host, listener.port), close };
}

function addressOf(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
