import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextExecutionDidStart,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';

/** What a feature does with one GraphQL request, at the points of Apollo's request lifecycle. */
export interface RequestHooks<Context extends BaseContext> {
  didNotParse?(error: Error): void;
  didResolveOperation?(request: GraphQLRequestContextDidResolveOperation<Context>): void;
  executionDidStart?(request: GraphQLRequestContextExecutionDidStart<Context>): void;
  didEncounterErrors?(request: GraphQLRequestContextDidEncounterErrors<Context>): void;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<Context>): void;
}

/** Makes the hooks of a new request. */
export type RequestFeature<Context extends BaseContext> = (
  request: GraphQLRequestContext<Context>,
) => RequestHooks<Context>;

/**
 * Makes one plugin of several features, whose hooks are called in their order. Apollo awaits every hook of every plugin,
 * which costs more than these hooks do.
 */
export function pluginOf<Context extends BaseContext>(
  features: readonly RequestFeature<Context>[],
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(started) {
      const all = features.map((feature) => feature(started));
      return {
        async parsingDidStart() {
          return async (error) => {
            if (error) for (const hooks of all) hooks.didNotParse?.(error);
          };
        },
        async didResolveOperation(request) {
          for (const hooks of all) hooks.didResolveOperation?.(request);
        },
        async executionDidStart(request) {
          for (const hooks of all) hooks.executionDidStart?.(request);
        },
        async didEncounterErrors(request) {
          for (const hooks of all) hooks.didEncounterErrors?.(request);
        },
        async willSendResponse(request) {
          for (const hooks of all) hooks.willSendResponse?.(request);
        },
      };
    },
  };
}
