import type { Request, Response } from 'express';
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
    const context = await openContext(
      {
        requestId: request.id,
        arrivedAt: request.arrivedAt,
        address: request.ip ?? 'unknown',
        userAgent: request.get('user-agent'),
        baseUrl: this.publicUrl ?? `${request.protocol}://${request.get('host')}`,
        disconnected: () => closedSignal(request.res),
        authorization: request.get('authorization'),
      },
      this.deps,
    );
    request.logged = context.logged;
    return context;
  }
}

/** Returns a signal that aborts when the response is closed. */
function closedSignal(response: Response | undefined): AbortSignal {
  if (response?.closed) return AbortSignal.abort();
  const closed = new AbortController();
  response?.once('close', () => closed.abort());
  return closed.signal;
}
