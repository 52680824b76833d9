import type { ExecutionArgs, GraphQLError, GraphQLFormattedError } from 'graphql';
import { type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql/graphql-error.js';
import type { AdmissionRules } from '../limits/admit-operation.js';
import { admitSubscription } from './admit-subscription.js';
import type { Connection, Session } from './connection.js';
import { CLOSE, type WebSocketLimits } from './websocket-limits.js';

/** How an operation over WebSocket ended, or that it began. */
export interface SubscriptionEvent<S> {
  session: S;
  operationName: string | undefined;
  status: 'STARTED' | 'REFUSED' | 'ENDED';
}

/** What the application decides about subscriptions. */
export interface SubscriptionHandlers<S extends Session, C extends object> {
  /** Who sent these `connection_init` parameters; fails with UNAUTHENTICATED or FORBIDDEN. */
  authenticate(parameters: Readonly<Record<string, unknown>>, connection: Connection<S>): Promise<S>;
  /** The context of one operation, as long as the subscription lives; may refuse it with an AppError. */
  contextFor(session: S, connection: Connection<S>): C | Promise<C>;
  /** The same for both transports: masks what is unexpected. */
  formatError(error: GraphQLError): GraphQLFormattedError;
  /** For the log. */
  onOperation?(event: SubscriptionEvent<S>): void;
  /** A bug; the connection that met it has been closed. */
  onUnexpected(error: unknown): void;
}

/** The graphql-transport-ws protocol with our sign-in, limits and error format. */
export function subscriptionProtocol<S extends Session, C extends object>(
  rules: AdmissionRules,
  limits: WebSocketLimits,
  handlers: SubscriptionHandlers<S, C>,
  socketsOf: (userId: string) => number,
): Server<Connection<S>> {
  type Peer = Context<Record<string, unknown> | undefined, Connection<S>>;

  async function signIn({ connectionParams, extra: connection }: Peer): Promise<boolean> {
    try {
      const session = await handlers.authenticate(connectionParams ?? {}, connection);
      if (!connection.open) return false;
      if (socketsOf(session.userId) >= limits.maxSocketsPerUser) {
        connection.close(CLOSE.TRY_AGAIN_LATER, 'Too many connections');
        return false;
      }
      connection.signIn(session);
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'FORBIDDEN') connection.close(CLOSE.FORBIDDEN, 'Forbidden');
      else connection.close(CLOSE.UNAUTHORIZED, 'Unauthorized');
      return false;
    }
  }

  async function admit(peer: Peer, payload: SubscribePayload): Promise<ExecutionArgs | GraphQLError[]> {
    const open = Object.keys(peer.subscriptions).length;
    const { maxSubscriptionsPerSocket: limit } = limits;
    if (open > limit) {
      const message = `This connection has ${limit} subscriptions already; no more are allowed.`;
      return [toGraphQLError(AppError.limit('maxSubscriptionsPerSocket', limit, open, message))];
    }
    const args = admitSubscription(rules, payload);
    if (Array.isArray(args)) return args;
    try {
      return { ...args, contextValue: await handlers.contextFor(sessionOf(peer.extra), peer.extra) };
    } catch (error) {
      if (error instanceof AppError) return [toGraphQLError(error)];
      throw error;
    }
  }

  const report = (peer: Peer, payload: SubscribePayload, status: SubscriptionEvent<S>['status']) =>
    handlers.onOperation?.({
      session: sessionOf(peer.extra),
      operationName: payload.operationName ?? undefined,
      status,
    });

  return makeServer<Record<string, unknown> | undefined, Connection<S>>({
    connectionInitWaitTimeout: limits.initTimeoutMs,
    onConnect: signIn,
    async onSubscribe(peer, _id, payload) {
      const args = await admit(peer, payload);
      report(peer, payload, Array.isArray(args) ? 'REFUSED' : 'STARTED');
      return args;
    },
    onComplete: (peer, _id, payload) => report(peer, payload, 'ENDED'),
    onError: (_peer, _id, _payload, errors) => errors.map(handlers.formatError),
    onNext: (_peer, _id, _payload, _args, { errors, ...result }) =>
      errors && { ...result, errors: errors.map(handlers.formatError) },
  });
}

function sessionOf<S extends Session>({ session }: Connection<S>): S {
  if (!session) throw new Error('An operation was taken from a connection that nobody has signed in on.');
  return session;
}
