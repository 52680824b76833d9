import { readFileSync } from 'node:fs';
import { buildASTSchema, type GraphQLInputObjectType, isInputObjectType, parse } from 'graphql';
import { OPERATION_KINDS } from '../src/imaging/operation.js';
import type { Parameter } from '../src/imaging/operations/parameter.js';
import { OPERATIONS } from '../src/imaging/operations/table.js';

/**
 * Returns the operations with the bounds and defaults of their parameters, as a module for the web app: the table of
 * the server has code that a browser does not need.
 */
export function operationCatalogue(schemaPath: string): string {
  const schema = buildASTSchema(parse(readFileSync(schemaPath, 'utf8')));
  const input = schema.getType('OperationInput') as GraphQLInputObjectType;
  const entries = OPERATION_KINDS.map((kind) => {
    const { summary, parameters } = OPERATIONS[kind];
    const field = kind.toLowerCase();
    const type = input.getFields()[field]?.type;
    const defaults = isInputObjectType(type) ? type.getFields() : {};
    const withDefaults = Object.entries<Parameter>(parameters).map(([name, parameter]) => {
      const initial = defaults[name]?.defaultValue;
      return [name, initial === undefined ? parameter : { ...parameter, initial }];
    });
    return [kind, { field, summary, parameters: Object.fromEntries(withDefaults) }];
  });
  const json = JSON.stringify(Object.fromEntries(entries), null, 2);
  return `/** Operations, the bounds of their parameters and their defaults: from the server's table and schema.graphql. */\nexport const OPERATIONS = ${json} as const;\n`;
}
