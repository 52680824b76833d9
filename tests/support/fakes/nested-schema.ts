import { buildSchema, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

export const NESTED_SDL = `
  enum Color { RED GREEN }
  type Item {
    id: ID!
    color: Color
    tags: [String!]!
    parent: Item
    items(first: Int! = 20): ItemConnection!
    all: [Item!]!
  }
  type ItemEdge { node: Item! }
  type ItemConnection { edges: [ItemEdge!]! totalCount: Int! }
  type Query { item(id: ID!, color: Color): Item! items(first: Int! = 20): ItemConnection! }
  type Mutation { touch: Int! }
  type Subscription { item(id: ID!, color: Color): Item! items(first: Int! = 20): ItemConnection! }
`;

/** A schema without limits of depth and width, the same for queries and subscriptions. */
export function nestedSchema(): GraphQLSchema {
  const schema = buildSchema(NESTED_SDL);
  const { all } = (schema.getType('Item') as GraphQLObjectType).getFields();
  if (all) all.extensions = { listLength: 1_000 };
  return schema;
}
