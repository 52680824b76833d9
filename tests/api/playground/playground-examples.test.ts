import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import {
  PLAYGROUND_VARIABLES,
  type PlaygroundExample,
} from '../../../src/api/playground/playground-example.js';
import { PLAYGROUND_EXAMPLES } from '../../../src/api/playground/playground-examples.js';

const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));

const operationOf = ({ query }: PlaygroundExample) => parse(query).definitions[0] as OperationDefinitionNode;

describe('the examples of the playground', () => {
  it.each(PLAYGROUND_EXAMPLES)('$name: the operation and its variables are valid', (example) => {
    expect(validate(schema, parse(example.query))).toEqual([]);
    const { variableDefinitions = [] } = operationOf(example);
    const { errors = [] } = getVariableValues(schema, variableDefinitions, example.variables ?? {});
    // A file can only be chosen by hand.
    expect(errors.filter(({ message }) => !message.startsWith('Variable "$file"'))).toEqual([]);
  });

  it.each(PLAYGROUND_EXAMPLES)(
    '$name: uses and sets only known variables',
    ({ query, variables, remember }) => {
      const used = [...JSON.stringify(variables ?? {}).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
      expect(Object.keys(PLAYGROUND_VARIABLES)).toEqual(
        expect.arrayContaining([...used, ...(remember ? [remember.variable] : [])]),
      );
      if (remember) expect(query).toMatch(new RegExp(`${remember.field}[(][^]*\\b${remember.key}\\b`));
    },
  );
});
