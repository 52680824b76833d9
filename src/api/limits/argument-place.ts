import { type ASTNode, BREAK, type DocumentNode, Kind, type ValueNode, visit } from 'graphql';

/** Path of a value within the arguments of a document, such as `input.operations[0].resize.width`. */
export function argumentPlace(
  document: DocumentNode,
  matches: (node: ASTNode) => boolean,
): string | undefined {
  let place: string | undefined;
  visit(document, {
    Argument({ name, value }) {
      const path = pathTo(value, matches);
      if (path === undefined) return undefined;
      place = name.value + path;
      return BREAK;
    },
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
