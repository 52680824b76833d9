import { createHash, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { ERROR_CODES } from '../../errors.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { Context } from '../graphql/context.js';
import type { RequestFeature } from '../graphql/request-hooks.js';

const CODES = new Set<unknown>([...ERROR_CODES, 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** Counts GraphQL operations over HTTP and measures their duration. */
export function countedRequests(metrics: Metrics): RequestFeature<Context> {
  return ({ contextValue }) => {
    let operation = 'invalid';
    return {
      // Called only for validated operations, so the field is one of the schema.
      executionDidStart({ operation: admitted }) {
        operation = fieldOf(admitted);
      },
      willSendResponse({ response: { body } }) {
        const error = body.kind === 'single' ? body.singleResult.errors?.[0] : undefined;
        const code = error?.extensions?.code;
        metrics.requests.inc({ operation, code: error ? (CODES.has(code) ? String(code) : 'OTHER') : 'OK' });
        const ms = Date.now() - contextValue.arrivedAt.getTime();
        metrics.requestSeconds.observe({ operation }, ms / 1000);
      },
    };
  };
}

/** Root field of an operation. Not the operation name, because clients can send any number of names. */
function fieldOf({ selectionSet: { selections } }: OperationDefinitionNode): string {
  const [first, ...others] = selections;
  return first?.kind === Kind.FIELD && others.length === 0 ? first.name.value : 'several';
}

/**
 * `GET /metrics` for Prometheus. Requires METRICS_TOKEN as a bearer token; if that is unset, it is public, and off in
 * production.
 */
export function metricsEndpoint(
  metrics: Metrics,
  { metricsToken, production }: { metricsToken: string | undefined; production: boolean },
): Router {
  const router = Router();
  if (metricsToken === undefined && production) return router;
  const expected = metricsToken && digest(`Bearer ${metricsToken}`);
  router.get('/metrics', async (request, response) => {
    if (expected && !timingSafeEqual(digest(request.get('authorization') ?? ''), expected)) {
      response.status(401).set('WWW-Authenticate', 'Bearer').end();
      return;
    }
    response.set('Content-Type', metrics.contentType).send(await metrics.render());
  });
  return router;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
