import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Request, RequestHandler } from 'express';

const tracer = trace.getTracer('nogil-bench');

/**
 * Creates a span for each request, in the trace of its `traceparent` or a new one. Paths are recorded without the
 * query, which may contain signatures.
 */
export function requestSpans(): RequestHandler {
  return (request, response, next) => {
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const attributes = {
      'http.request.method': request.method,
      'url.path': request.path,
      'request.id': request.id,
    };
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes }, parent);
    response.once('close', () => {
      const route = routeOf(request);
      if (route !== '') span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
      const { operation } = request.logged;
      if (operation !== undefined) span.setAttribute('graphql.operation.name', operation);
      if (response.writableFinished) span.setAttribute('http.response.status_code', response.statusCode);
      if (!response.writableFinished || response.statusCode >= 500)
        span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(parent, span), next);
  };
}

/** Route pattern of a request, so that the number of span names stays small. */
function routeOf({ baseUrl, route }: Request): string {
  return `${baseUrl}${route?.path ?? ''}`;
}
