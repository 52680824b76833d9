import type { Request } from 'express';
import type { Context } from './context.js';
import { type ContextDependencies, openContext } from './request-context.js';

/** Contexts of HTTP requests: one unit of work for each, shared by all handlers of the request. */
export class RequestContexts {
  readonly #contexts = new WeakMap<Request, Promise<Context>>();

  constructor(
    private readonly deps: ContextDependencies,
    private readonly publicUrl: string | undefined,
  ) {}

  readonly of = (request: Request): Promise<Context> => {
    const context = this.#contexts.get(request) ?? this.#open(request);
    this.#contexts.set(request, context);
    return context;
  };

  async #open(request: Request): Promise<Context> {
    const disconnected = new AbortController();
    request.res?.once('close', () => disconnected.abort());
    const context = await openContext(
      {
        requestId: request.id,
        arrivedAt: request.arrivedAt,
        address: request.ip ?? 'unknown',
        userAgent: request.get('user-agent'),
        baseUrl: this.publicUrl ?? `${request.protocol}://${request.get('host')}`,
        disconnected: disconnected.signal,
        authorization: request.get('authorization'),
      },
      this.deps,
    );
    request.logged = context.logged;
    return context;
  }
}
