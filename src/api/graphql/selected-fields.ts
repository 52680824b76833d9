import { BREAK, type GraphQLResolveInfo, visit } from 'graphql';

/** Whether an operation may ask for a field of this name, anywhere in it: what it leaves out by `@skip` counts too. */
export function mayAskFor(field: string, { operation, fragments }: GraphQLResolveInfo): boolean {
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
