import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import { Router } from 'express';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { ERROR_CODES } from '../../errors.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { Context } from '../graphql/context.js';

const CODES = new Set<unknown>([...ERROR_CODES, 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** Counts and times every GraphQL operation over HTTP. */
export function countedRequests(metrics: Metrics): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue }) {
      let operation = 'invalid';
      return {
        // Only operations that have been validated come here, so what they name is in the schema.
        async executionDidStart({ operation: admitted }) {
          operation = fieldOf(admitted);
        },
        async willSendResponse({ response: { body } }) {
          const error = body.kind === 'single' ? body.singleResult.errors?.[0] : undefined;
          const code = error?.extensions?.code;
          metrics.requests.inc({
            operation,
            code: error ? (CODES.has(code) ? String(code) : 'OTHER') : 'OK',
          });
          const ms = Date.now() - contextValue.arrivedAt.getTime();
          metrics.requestSeconds.observe({ operation }, ms / 1000);
        },
      };
    },
  };
}

/** The field of the schema that an operation asks for. Clients choose the operation's name, and can choose any number. */
function fieldOf({ selectionSet: { selections } }: OperationDefinitionNode): string {
  const [first, ...others] = selections;
  return first?.kind === Kind.FIELD && others.length === 0 ? first.name.value : 'several';
}

/** `GET /metrics` for Prometheus: for who sends the token, or for everybody where there is none and it is not production. */
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
