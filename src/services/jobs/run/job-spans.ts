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

/** What traces tell of a job: request → job, once for each process that works on it → item, once for each attempt. */
const tracer = trace.getTracer('nogil-bench');

/** Names the span that runs here now (W3C Trace Context), for whoever goes on elsewhere; null where nobody traces. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** The work of this process on a job, in the trace of the request that asked for it; to be ended. */
export function startJobSpan({ id, round, engine, pool, traceparent }: JobFacts): Span {
  const parent = traceparent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });
  const attributes = { 'job.id': id, 'job.round': round, 'job.engine': engine, 'job.pool': pool };
  return tracer.startSpan('job', { kind: SpanKind.CONSUMER, attributes }, parent);
}

/** One attempt at an item, within the work on its job. */
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
