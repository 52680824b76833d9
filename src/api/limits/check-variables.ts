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
 * Throws BAD_USER_INPUT for a variable whose value does not have its type, with the path of the field. graphql-js
 * would refuse it too, with a message that does not name the path.
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
