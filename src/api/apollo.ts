import type { Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import { cacheControl, maskedErrors, operationNames } from './graphql/apollo-plugins.js';
import type { Context } from './graphql/context.js';
import { DEFAULT_QUERY_LIMITS } from './limits/query-limits.js';
import { limitedApollo } from './limits/query-limits.plugin.js';
import { countedRequests } from './probes/metrics-endpoint.js';

/** Time for running requests to end at shutdown, in ms; then their connections are closed. */
const DRAIN_MS = 4_000;

export interface ApolloDependencies {
  schema: GraphQLSchema;
  httpServer: Server;
  introspection: boolean;
  logger: Logger;
  metrics: Metrics;
}

/** The GraphQL engine behind the HTTP endpoint, with our limits, error format and metrics. */
export function createApollo(deps: ApolloDependencies): ApolloServer<Context> {
  const { schema, httpServer, logger } = deps;
  const masked = maskedErrors(logger);
  const limited = limitedApollo(DEFAULT_QUERY_LIMITS, deps.introspection, [
    ...[operationNames, cacheControl, countedRequests(deps.metrics), masked.feature],
  ]);
  return new ApolloServer<Context>({
    schema,
    includeStacktraceInErrorResponses: false,
    ...limited,
    // `process/lifecycle.ts` handles signals.
    stopOnTerminationSignals: false,
    logger,
    formatError: masked.formatError,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: DRAIN_MS }),
      // It would wrap the resolver of every field of the schema.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ...limited.plugins,
    ],
  });
}
