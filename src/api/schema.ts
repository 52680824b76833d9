import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AccountResolver } from './accounts/account.resolver.js';
import { ApiTokenResolver } from './accounts/api-token.resolver.js';
import { SessionResolver } from './accounts/session.resolver.js';
import { BenchmarkResolver } from './benchmarks/benchmark.resolver.js';
import { BenchmarkEnvironmentResolver } from './benchmarks/benchmark-environment.resolver.js';
import { BenchmarkFieldsResolver } from './benchmarks/benchmark-fields.resolver.js';
import { BenchmarkPlanResolver } from './benchmarks/benchmark-plan.resolver.js';
import { RaceResolver } from './benchmarks/race.resolver.js';
import { authChecker } from './graphql/authorization.js';
import { roundNumbers } from './graphql/rounding.js';
import { ImageResolver } from './images/image.resolver.js';
import { describeParameters } from './images/parameter-words.js';
import { PresetResolver } from './images/preset.resolver.js';
import { JobResolver } from './jobs/job.resolver.js';
import { JobItemResolver } from './jobs/job-item.resolver.js';
import { JobMutationsResolver } from './jobs/job-mutations.resolver.js';
import { UsageResolver } from './jobs/usage.resolver.js';
import { ServerInfoResolver } from './server-info/server-info.resolver.js';

/** Builds the schema from the resolvers. */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      AccountResolver,
      ApiTokenResolver,
      BenchmarkResolver,
      BenchmarkEnvironmentResolver,
      BenchmarkFieldsResolver,
      BenchmarkPlanResolver,
      ImageResolver,
      PresetResolver,
      JobResolver,
      JobMutationsResolver,
      UsageResolver,
      JobItemResolver,
      RaceResolver,
      ServerInfoResolver,
      SessionResolver,
    ],
    authChecker,
    // Off: services validate their input, for every caller.
    validate: false,
    // Off: TypeGraphQL would run the whole introspection query at each start. Apollo Server validates the schema.
    skipCheck: true,
    // TypeGraphQL requires one. Subscriptions here read rows when `progress/` publishes a change.
    pubSub: { publish: unused, subscribe: unused },
  });
  // TypeGraphQL has no @oneOf; graphql-js validates and prints it.
  const operation = schema.getType('OperationInput') as GraphQLInputObjectType;
  operation.isOneOf = true;
  describeParameters(operation);
  roundNumbers(schema);
  return schema;
}

function unused(): never {
  throw new Error('No subscription of this schema uses topics');
}
