import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  getEnterLeaveForKind,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  SingleFieldSubscriptionsRule,
  type ValidationRule,
} from 'graphql';
import { AppError } from '../../errors.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * graphql-js's rule throws on `@skip(if: $variable)`, because it has no variables; {@link requireOneField} checks
 * these.
 */
export const subscriptionFieldRule: ValidationRule = (context) => {
  const visitor = SingleFieldSubscriptionsRule(context);
  const check = getEnterLeaveForKind(visitor, Kind.OPERATION_DEFINITION).enter;
  return {
    OperationDefinition(...visited) {
      try {
        return check?.apply(visitor, visited);
      } catch (error) {
        if (error instanceof GraphQLError) return undefined;
        throw error;
      }
    },
  };
};

/** BAD_USER_INPUT unless a valid subscription has one root field after `@skip` and `@include`: graphql-js needs one. */
export function requireOneField(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  const [name, ...others] = rootFields(document, operation, variables);
  if (name === undefined)
    throw AppError.badInput('query', 'must select a field; @skip or @include removes all of them');
  if (others.length > 0)
    throw AppError.badInput('query', 'must select one field; use a subscription for each');
  if (name.startsWith('__'))
    throw AppError.badInput('query', `must select a field of the schema, not ${name}`);
}

/** Response names of the root fields, and the names of introspection fields. */
function rootFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Set<string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) if (isIncluded(selection, variables)) collectFrom(selection);
  };
  const collectFrom = (selection: SelectionNode): void => {
    if (selection.kind === Kind.FIELD) {
      const { name, alias = name } = selection;
      names.add(name.value.startsWith('__') ? name.value : alias.value);
      return;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) return collect(selection.selectionSet);
    const fragment = fragments.get(selection.name.value);
    if (!fragment || seen.has(selection.name.value)) return;
    seen.add(selection.name.value);
    collect(fragment.selectionSet);
  };
  collect(operation.selectionSet);
  return names;
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
}
