import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AccountResolver } from './account.resolver.js';
import { authChecker } from './authorization.js';
import { ImageResolver } from './image.resolver.js';
import { ServerInfoResolver } from './server-info.resolver.js';

/** The schema from the resolvers. */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [AccountResolver, ImageResolver, ServerInfoResolver],
    authChecker,
    // Services check what they are given: the same rules hold for every caller.
    validate: false,
  });
  // TypeGraphQL has no @oneOf; graphql-js validates and prints it.
  const operation = schema.getType('OperationInput') as GraphQLInputObjectType;
  operation.isOneOf = true;
  return schema;
}
