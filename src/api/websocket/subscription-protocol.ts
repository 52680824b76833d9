import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql/graphql-error.js';
import type { AdmissionRules } from '../limits/admit-operation.js';
import { admitSubscription } from './admit-subscription.js';
import { CLOSE } from './close-reasons.js';
import type { Connection, Session } from './connection.js';
import { SharedExecutions, type Sharing } from './shared-execution.js';
import type { WebSocketLimits } from './websocket-limits.js';

/** Start, refusal or end of an operation over WebSocket. */
export interface SubscriptionEvent<S> {
  session: S;
  operationName: string | undefined;
  status: 'STARTED' | 'REFUSED' | 'ENDED';
}

/** What the application decides about subscriptions. */
export interface SubscriptionHandlers<S extends Session, C extends object> extends Sharing<C> {
  /** Signs a connection in by its `connection_init` parameters; undefined without a token, UNAUTHENTICATED or FORBIDDEN. */
  authenticate(
    parameters: Readonly<Record<string, unknown>>,
    connection: Connection<S>,
  ): Promise<S | undefined>;
  /** The context of one operation while the subscription lives; may refuse it with an AppError. */
  contextFor(session: S, connection: Connection<S>): C | Promise<C>;
  /** Masks unexpected errors, the same for both transports. */
  formatError(error: GraphQLError): GraphQLFormattedError;
  /** For the log. */
  onOperation?(event: SubscriptionEvent<S>): void;
  /** Called for an unexpected error (a bug), after its connection was closed. */
  onUnexpected(error: unknown): void;
}

/** The graphql-transport-ws protocol with our sign-in, limits and error format. */
export class SubscriptionProtocol<S extends Session, C extends object> {
  readonly server: Server<Connection<S>>;

  constructor(
    private readonly rules: AdmissionRules,
    private readonly limits: WebSocketLimits,
    private readonly handlers: SubscriptionHandlers<S, C>,
    private readonly socketsOf: (userId: string) => number,
  ) {
    const { formatError } = handlers;
    const executions = new SharedExecutions(handlers);
    this.server = makeServer<Peer<S>['connectionParams'], Connection<S>>({
      connectionInitWaitTimeout: limits.initTimeoutMs,
      onConnect: (peer) => this.#signIn(peer),
      onSubscribe: (peer, _id, payload) => this.#open(peer, payload),
      subscribe: (args) => settle(executions, args as ExecutionArgs),
      onComplete: (peer, _id, payload) => this.#report(peer, payload, 'ENDED'),
      onError: (_peer, _id, _payload, errors) => errors.map(formatError),
      onNext: (_peer, _id, _payload, _args, { errors, ...result }) =>
        errors && { ...result, errors: errors.map(formatError) },
    });
  }

  async #signIn({ connectionParams, extra: connection }: Peer<S>): Promise<boolean> {
    try {
      const session = await this.handlers.authenticate(connectionParams ?? {}, connection);
      if (!connection.open) return false;
      if (!session) connection.end(CLOSE.NO_TOKEN);
      else if (this.socketsOf(session.userId) >= this.limits.maxSocketsPerUser)
        connection.end(CLOSE.TOO_MANY_SOCKETS);
      else connection.signIn(session);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      connection.end(error.code === 'FORBIDDEN' ? CLOSE.FORBIDDEN : CLOSE.BAD_TOKEN);
    }
    return connection.session !== undefined;
  }

  async #open(peer: Peer<S>, payload: SubscribePayload): Promise<ExecutionArgs | GraphQLError[]> {
    const admitted = await this.#admit(peer, payload).catch(errorsOf);
    this.#report(peer, payload, Array.isArray(admitted) ? 'REFUSED' : 'STARTED');
    return admitted;
  }

  async #admit({ subscriptions, extra }: Peer<S>, payload: SubscribePayload) {
    const open = Object.keys(subscriptions).length;
    const { maxSubscriptionsPerSocket: limit } = this.limits;
    if (open > limit) {
      const message = `This connection has ${limit} subscriptions, the most that are allowed; end one first`;
      throw AppError.limit('maxSubscriptionsPerSocket', limit, open, message);
    }
    const args = admitSubscription(this.rules, payload);
    if (Array.isArray(args)) return args;
    return { ...args, contextValue: await this.handlers.contextFor(sessionOf(extra), extra) };
  }

  #report({ extra }: Peer<S>, payload: SubscribePayload, status: SubscriptionEvent<S>['status']): void {
    const operationName = payload.operationName ?? undefined;
    this.handlers.onOperation?.({ session: sessionOf(extra), operationName, status });
  }
}

type Peer<S extends Session> = Context<Record<string, unknown> | undefined, Connection<S>>;

/** Converts exceptions to errors of this subscription; others on the same connection continue. */
async function settle<C extends object>(executions: SharedExecutions<C>, args: ExecutionArgs) {
  try {
    return await executions.subscribe(args);
  } catch (error) {
    return { errors: errorsOf(error) };
  }
}

function errorsOf(error: unknown): GraphQLError[] {
  if (error instanceof GraphQLError) return [error];
  if (error instanceof AppError) return [toGraphQLError(error)];
  const originalError = error instanceof Error ? error : new Error(String(error));
  return [new GraphQLError(originalError.message, { originalError })];
}

function sessionOf<S extends Session>({ session }: Connection<S>): S {
  if (!session) throw new Error('An operation came from a connection without a sign-in.');
  return session;
}
