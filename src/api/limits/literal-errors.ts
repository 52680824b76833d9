import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isRequiredInputField,
  Kind,
  type ObjectFieldNode,
  type ObjectValueNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expected, type InputProblem, oneOfMessage, withWordsOf } from '../graphql/input-problem.js';
import { argumentPlace } from './argument-place.js';

/** ProvidedRequiredArgumentsRule; the node is the field or directive. */
const MISSING_ARGUMENT = /^(?:Field|Directive) ".+?" argument "(\w+)" of type .* is required/;
/** VariablesInAllowedPositionRule; the nodes are the variable's definition and its place. */
const WRONG_VARIABLE = /^Variable "(\$\w+)" of type "(.+)" used in position expecting type "(.+)"\.$/;

/** Replaces graphql-js's validation messages about literals by the path of the field and what would be valid. */
export function literalError(
  schema: GraphQLSchema,
  document: DocumentNode,
  error: GraphQLError,
  names: boolean,
): GraphQLError {
  const problem = problemIn(schema, document, error, names);
  if (problem === undefined) return error;
  const { nodes, source, positions } = error;
  const { field, message } = problem;
  return new GraphQLError(`${field}: ${message}`, { nodes, source, positions, extensions: { field } });
}

function problemIn(
  schema: GraphQLSchema,
  document: DocumentNode,
  { nodes, message }: GraphQLError,
  names: boolean,
): InputProblem | undefined {
  const [, argument] = MISSING_ARGUMENT.exec(message) ?? [];
  if (argument !== undefined) return { field: argument, message: 'is required' };
  const node = nodes?.at(-1);
  const place = node && argumentPlace(document, (other) => other === node);
  if (!node || place === undefined) return undefined;
  const [, variable, type, needed] = WRONG_VARIABLE.exec(message) ?? [];
  if (variable !== undefined)
    return { field: place, message: `needs a variable of type ${needed}; ${variable} is of type ${type}` };
  return problemOf(node, positionOf(schema, document, node), place, names) ?? { field: place, message };
}

function problemOf(
  node: ASTNode,
  { type, input }: Position,
  field: string,
  names: boolean,
): InputProblem | undefined {
  if (node.kind === Kind.OBJECT_FIELD) return { field, message: 'is not a field of this input' };
  if (node.kind === Kind.NULL) return { field, message: 'must not be null' };
  const nullable = type && getNullableType(type);
  if (isLeafType(nullable)) {
    const problem = { field, message: `must be ${expected(nullable, names)}` };
    return input ? withWordsOf(input, problem) : problem;
  }
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

/** What the schema has at the place of a value. */
interface Position {
  type?: GraphQLInputType | undefined;
  /** Undefined for an argument, and within a list. */
  input?: GraphQLInputField | undefined;
}

function positionOf(schema: GraphQLSchema, document: DocumentNode, node: ASTNode): Position {
  const info = new TypeInfo(schema);
  const position: Position = {};
  const enter = (other: ASTNode, _key: unknown, parent: unknown) => {
    if (other !== node) return undefined;
    position.type = info.getInputType() ?? undefined;
    const object = getNamedType(info.getParentInputType());
    const { kind, name } = (parent ?? {}) as Partial<ObjectFieldNode>;
    if (kind === Kind.OBJECT_FIELD && name && isInputObjectType(object))
      position.input = object.getFields()[name.value];
    return BREAK;
  };
  visit(document, visitWithTypeInfo(info, { enter }));
  return position;
}
