import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isRequiredInputField,
  Kind,
  type ObjectValueNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expected, type InputProblem, oneOfMessage } from '../graphql/input-problem.js';
import { argumentPlace } from './argument-place.js';

/** Replaces graphql-js's validation messages about literals by the path of the field and what would be valid. */
export function literalError(
  schema: GraphQLSchema,
  document: DocumentNode,
  error: GraphQLError,
  names: boolean,
): GraphQLError {
  const node = error.nodes?.[0];
  const place = node && argumentPlace(document, (other) => other === node);
  if (!node || place === undefined) return error;
  const { field, message } = problemOf(node, inputTypeOf(schema, document, node), place, names) ?? {
    field: place,
    message: error.message,
  };
  const { nodes, source, positions } = error;
  return new GraphQLError(`${field}: ${message}`, { nodes, source, positions, extensions: { field } });
}

function problemOf(
  node: ASTNode,
  type: GraphQLInputType | undefined,
  field: string,
  names: boolean,
): InputProblem | undefined {
  if (node.kind === Kind.OBJECT_FIELD) return { field, message: 'is not a field of this input' };
  if (node.kind === Kind.NULL) return { field, message: 'must not be null' };
  const nullable = type && getNullableType(type);
  if (isLeafType(nullable)) return { field, message: `must be ${expected(nullable, names)}` };
  if (!isInputObjectType(nullable)) return undefined;
  if (node.kind !== Kind.OBJECT) return { field, message: 'must be an object' };
  const missing = Object.values(nullable.getFields()).find(
    (each) => isRequiredInputField(each) && !has(node, each.name),
  );
  if (missing) return { field: `${field}.${missing.name}`, message: 'is required' };
  return nullable.isOneOf ? { field, message: oneOfMessage(nullable, names) } : undefined;
}

const has = ({ fields }: ObjectValueNode, name: string): boolean =>
  fields.some((field) => field.name.value === name);

function inputTypeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  node: ASTNode,
): GraphQLInputType | undefined {
  const info = new TypeInfo(schema);
  let type: GraphQLInputType | undefined;
  visit(
    document,
    visitWithTypeInfo(info, {
      enter(other) {
        if (other !== node) return undefined;
        type = info.getInputType() ?? undefined;
        return BREAK;
      },
    }),
  );
  return type;
}
