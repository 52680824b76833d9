import { BREAK, type GraphQLResolveInfo, visit } from 'graphql';

/** Returns true if the operation selects a field of this name anywhere, fields excluded by `@skip` included. */
export function mayBeSelected(field: string, { operation, fragments }: GraphQLResolveInfo): boolean {
  let asked = false;
  for (const part of [operation, ...Object.values(fragments)]) {
    visit(part, {
      Field({ name }) {
        asked ||= name.value === field;
        return asked ? BREAK : undefined;
      },
    });
  }
  return asked;
}
