import {
  type DocumentNode,
  type GraphQLSchema,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { AppError } from '../../errors.js';
import { inputProblem } from '../graphql/input-problem.js';
import { argumentPlace } from './argument-place.js';

/**
 * BAD_USER_INPUT for a variable whose value is not of its type, with the path of the field as an argument of the
 * operation. graphql-js would refuse it too, in its own words.
 *
 * @param names whether messages may name members of the schema that the client has not named
 */
export function checkVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  names: boolean,
): void {
  for (const { variable, type: typeNode, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (!isInputType(type) || (value === undefined && defaultValue)) continue;
    const problem = inputProblem(value, type, '', names);
    if (problem) {
      const place =
        argumentPlace(document, (node) => node.kind === Kind.VARIABLE && node.name.value === name) ??
        `$${name}`;
      throw AppError.badInput(place + problem.field, problem.message);
    }
  }
}
