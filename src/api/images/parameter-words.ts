import { type GraphQLInputObjectType, getNamedType, isInputObjectType } from 'graphql';
import { OPERATION_KINDS, parameterWords } from '../../imaging/operation.js';

/** Gives the fields of each operation's input the words of its parameters, for values of another type, such as a text. */
export function describeParameters(operation: GraphQLInputObjectType): void {
  const fields = operation.getFields();
  for (const kind of OPERATION_KINDS) {
    const field = fields[kind.toLowerCase()];
    const type = field && getNamedType(field.type);
    // An operation without parameters.
    if (field && !isInputObjectType(type)) field.extensions = { ...field.extensions, expected: 'true' };
    const words = parameterWords(kind);
    for (const input of isInputObjectType(type) ? Object.values(type.getFields()) : []) {
      const expected = words.get(input.name);
      if (expected !== undefined) input.extensions = { ...input.extensions, expected };
    }
  }
}
