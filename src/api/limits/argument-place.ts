import { type ASTNode, BREAK, type DocumentNode, Kind, type ValueNode, visit } from 'graphql';

/**
 * Path of a value within the arguments of a document, such as `input.operations[0].resize.width`, or within the default of
 * a variable, such as `$input.imageId`.
 */
export function argumentPlace(
  document: DocumentNode,
  matches: (node: ASTNode) => boolean,
): string | undefined {
  let place: string | undefined;
  const look = (name: string, value: ValueNode) => {
    const path = pathTo(value, matches);
    if (path === undefined) return undefined;
    place = name + path;
    return BREAK;
  };
  visit(document, {
    Argument: ({ name, value }) => look(name.value, value),
    VariableDefinition: ({ variable, defaultValue }) =>
      defaultValue && look(`$${variable.name.value}`, defaultValue),
  });
  return place;
}

function pathTo(value: ValueNode, matches: (node: ASTNode) => boolean): string | undefined {
  if (matches(value)) return '';
  if (value.kind === Kind.LIST) {
    for (const [index, entry] of value.values.entries()) {
      const path = pathTo(entry, matches);
      if (path !== undefined) return `[${index}]${path}`;
    }
  }
  if (value.kind === Kind.OBJECT) {
    for (const field of value.fields) {
      const path = matches(field) ? '' : pathTo(field.value, matches);
      if (path !== undefined) return `.${field.name.value}${path}`;
    }
  }
  return undefined;
}
