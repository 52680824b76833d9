import {
  type GraphQLArgument,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';

/**
 * Coordinates of everything in a schema that takes an id or leads to an object with an id:
 *
 * - `Query.image(id)`, `Mutation.processImage(input.imageId)`: every id that a field takes
 * - `Query.images`: every field of a root type that takes no id, because it too can show or change a user's data
 * - `Image.source`, `ComparisonRow.benchmarkId`, `Job.resultUrl`: every other field that leads to an object with an id, is
 *   the id of another object, or is a link to one
 */
export function coordinatesOfIds(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const isRoot = roots.includes(type);
      const ids = field.args.flatMap((argument) => idsIn(argument));
      if (isRoot ? ids.length === 0 : leadsToIds(field)) found.push(coordinate);
      found.push(...ids.map((path) => `${coordinate}(${path})`));
    }
  }
  return found.sort();
}

/** Paths of the ids in an argument, such as `input.imageIds`. */
function idsIn(
  { name, type }: GraphQLArgument | GraphQLInputField,
  seen: readonly GraphQLNamedType[] = [],
): string[] {
  const named = getNamedType(type);
  if (named === GraphQLID || named.name === GraphQLID.name) return [name];
  if (!isInputObjectType(named) || seen.includes(named)) return [];
  const inner = Object.values(named.getFields());
  return inner.flatMap((field) => idsIn(field, [...seen, named]).map((path) => `${name}.${path}`));
}

function leadsToIds({ name, type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  if (named.name === GraphQLID.name) return name !== 'id';
  return /url$/i.test(name) || hasIds(named);
}

/** Whether a type has an id, or a field of a type that has one. */
function hasIds(type: GraphQLNamedType, seen: readonly GraphQLNamedType[] = []): boolean {
  if (!isObjectType(type) || seen.includes(type)) return false;
  return Object.values(type.getFields()).some((field) => {
    const named = getNamedType(field.type);
    return named.name === GraphQLID.name || hasIds(named, [...seen, type]);
  });
}
