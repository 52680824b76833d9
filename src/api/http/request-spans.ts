import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Request, RequestHandler } from 'express';

const tracer = trace.getTracer('nogil-bench');

/**
 * Makes a span for each request, in the trace of its `traceparent` or in a new one. Paths have no query, where links
 * carry their signatures.
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

/** The pattern that a request was routed by, so that there are few names of spans. */
function routeOf({ baseUrl, route }: Request): string {
  return `${baseUrl}${route?.path ?? ''}`;
}
