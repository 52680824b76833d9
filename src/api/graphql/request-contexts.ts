import type { Request, Response } from 'express';
import type { Context } from './context.js';
import { type ContextDependencies, openContext } from './request-context.js';

declare global {
  namespace Express {
    interface Request {
      /** Made for the first handler that needs it. */
      context?: Promise<Context>;
    }
  }
}

/** Contexts of HTTP requests: one unit of work for each, shared by all handlers of the request. */
export class RequestContexts {
  constructor(
    private readonly deps: ContextDependencies,
    private readonly publicUrl: string | undefined,
  ) {}

  readonly of = (request: Request): Promise<Context> => {
    request.context ??= this.#open(request);
    return request.context;
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
