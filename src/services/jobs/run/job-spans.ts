import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Outcome } from './item-attempt.js';
import type { JobFacts, StartedItem } from './job-chunk.js';

/** Spans of a trace: request → job (one for each process that works on it) → item (one for each attempt). */
const tracer = trace.getTracer('nogil-bench');

/** Returns the current span as a W3C `traceparent`, to continue the trace in another process; null without tracing. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Starts the span of this process's work on a job, in the trace of its request; the caller ends it. */
export function startJobSpan({ id, round, engine, pool, traceparent }: JobFacts): Span {
  const parent = traceparent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });
  const attributes = { 'job.id': id, 'job.round': round, 'job.engine': engine, 'job.pool': pool };
  return tracer.startSpan('job', { kind: SpanKind.CONSUMER, attributes }, parent);
}

/** Runs one attempt at an item in a span below the job's. */
export async function inItemSpan(
  job: Span,
  { position, attempts }: StartedItem,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> {
  const attributes = { 'item.position': position, 'item.attempt': attempts };
  const parent = trace.setSpan(ROOT_CONTEXT, job);
  const span = tracer.startSpan('item', { attributes }, parent);
  try {
    const outcome = await context.with(trace.setSpan(parent, span), attempt);
    span.setAttribute('item.outcome', outcome.kind);
    if ('error' in outcome) {
      span.setAttribute('error.type', outcome.error.code).setStatus({ code: SpanStatusCode.ERROR });
    }
    return outcome;
  } finally {
    span.end();
  }
}
