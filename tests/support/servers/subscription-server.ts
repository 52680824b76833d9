import type { RequestListener } from 'node:http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { DEFAULT_QUERY_LIMITS } from '../../../src/api/limits/query-limits.js';
import type { Session } from '../../../src/api/websocket/connection.js';
import type { SubscriptionEvent } from '../../../src/api/websocket/subscription-protocol.js';
import {
  DEFAULT_WEBSOCKET_LIMITS,
  type WebSocketLimits,
} from '../../../src/api/websocket/websocket-limits.js';
import { SubscriptionServer, type WebSocketOptions } from '../../../src/api/websocket/websocket-server.js';
import { AppError } from '../../../src/errors.js';
import { listen } from './listen.js';

type Options = Partial<Omit<WebSocketOptions<Session, object>, 'limits'>> & {
  schema: GraphQLSchema;
  limits?: Partial<WebSocketLimits>;
  handler?: RequestListener;
};

/**
 * Long enough that it never passes: client and server share one event loop, which a busy machine may delay for longer
 * than the real time limit.
 */
const PATIENT = { ...DEFAULT_WEBSOCKET_LIMITS, initTimeoutMs: 60_000, pingIntervalMs: 60_000 };

/**
 * Subscriptions at /graphql. A token is `<user>` or `<user>:<milliseconds until it expires>`; `forbidden` is
 * forbidden, `bug` throws an unexpected error, `away` throws as if the database were unavailable.
 */
export async function startSubscriptionServer({ limits, handler, ...options }: Options) {
  const { server, url, close } = await listen(handler);
  const events: SubscriptionEvent<Session>[] = [];
  const unexpected: unknown[] = [];
  const subscriptions = new SubscriptionServer<Session, object>({
    server,
    path: '/graphql',
    limits: { ...PATIENT, ...limits },
    queryLimits: DEFAULT_QUERY_LIMITS,
    introspection: false,
    originAllowed: (origin) => origin === undefined || origin === 'https://ours.example',
    authenticate: async ({ token }) => sessionOf(token),
    contextFor: (session) => ({ session }),
    rightsOf: () => undefined,
    renew: () => undefined,
    formatError,
    onOperation: (event) => events.push(event),
    onUnexpected: (error) => unexpected.push(error),
    ...options,
  });
  return {
    url: `${url}/graphql`,
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    subscriptions,
    events,
    unexpected,
    async close() {
      await subscriptions.close(500);
      await close();
    },
  };
}

function sessionOf(token: unknown): Session {
  if (token === 'bug') throw new Error('SELECT secret FROM table');
  if (token === 'away') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  if (token === 'forbidden') throw new AppError('FORBIDDEN', 'This account is locked');
  if (typeof token !== 'string') throw new AppError('UNAUTHENTICATED', 'Sign in');
  const [userId = '', lifetimeMs = '60000'] = token.split(':');
  return { userId, expiresAt: new Date(Date.now() + Number(lifetimeMs)) };
}

/** Masks unexpected errors, as the application does. */
function formatError(error: GraphQLError) {
  if (error.originalError instanceof AppError) {
    const { code, message } = error.originalError;
    return { ...error.toJSON(), message, extensions: { ...error.extensions, code } };
  }
  if (error.originalError && !error.extensions.code) return new GraphQLError('Internal error').toJSON();
  return error.toJSON();
}
