import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';

interface Described {
  name: string;
  description?: string | null;
}

/**
 * Coordinates of everything in a schema that has no description, such as `Query.images(first:)`. Definitions of GraphQL
 * itself and the root types need none.
 */
export function undescribed(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  return [
    ...silent(types.filter((type) => roots.every((root) => root !== type))),
    ...types.flatMap(silentParts),
    ...silent(directives, '@'),
    ...directives.flatMap(({ name, args }) => silent(args, `@${name}(`, ':)')),
  ].sort();
}

function silentParts(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return silent(type.getValues(), `${type.name}.`);
  if (isInputObjectType(type)) return silent(Object.values(type.getFields()), `${type.name}.`);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  return [
    ...silent(fields, `${type.name}.`),
    ...fields.flatMap(({ name, args }) => silent(args, `${type.name}.${name}(`, ':)')),
  ];
}

function silent(parts: readonly Described[], before = '', after = ''): string[] {
  return parts.filter(({ description }) => !description?.trim()).map(({ name }) => before + name + after);
}
