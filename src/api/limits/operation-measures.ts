import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** What an operation asks for, in the units of {@link QueryLimits}. */
export interface OperationMeasures {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  /** The largest `first` or `last`. */
  pageSize: number;
  cost: number;
}

/** Items that a list is taken to have which neither is a page nor states its length. */
const ASSUMED_LIST_LENGTH = 10;

/** Introspection has its own bound on depth in graphql-js and its answer never grows: it counts as one costly field. */
const INTROSPECTION_COST = 100;

/** The largest Int of GraphQL. */
const MAX_INT = 2 ** 31 - 1;

const NOTHING: OperationMeasures = {
  depth: 0,
  aliases: 0,
  directives: 0,
  rootFields: 0,
  pageSize: 0,
  cost: 0,
};

type PageSize = number | undefined;

/**
 * Measures an operation without running it, in time linear in the document: each fragment is measured once for each
 * page size that it is spread under, so that fragments which double each other cost no time and count in full.
 *
 * A field costs 1, or `complexity` of its extensions. A list costs that and what is below it as many times as it has
 * items: `listLength` of its extensions, or the page size of the connection that it is in, or else
 * {@link ASSUMED_LIST_LENGTH}.
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Readonly<Record<string, unknown>>,
): OperationMeasures {
  const values = { ...variableDefaults(operation), ...variables };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, OperationMeasures>();

  function ofSelections(
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType | undefined,
    page: PageSize,
  ): OperationMeasures {
    let sum = NOTHING;
    for (const selection of selections) {
      const part =
        selection.kind === Kind.FIELD
          ? ofField(selection, parent, page)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value, page)
            : ofSelections(
                selection.selectionSet,
                schema.getType(selection.typeCondition?.name.value ?? '') ?? parent,
                page,
              );
      sum = add(sum, part, selection.directives?.length ?? 0);
    }
    return sum;
  }

  function ofFragment(name: string, page: PageSize): OperationMeasures {
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    const key = `${name} ${page}`;
    const before = known.get(key);
    if (before) return before;
    known.set(key, NOTHING); // Ends a cycle, which validation refuses.
    const type = schema.getType(fragment.typeCondition.name.value);
    const measures = add(
      ofSelections(fragment.selectionSet, type, page),
      NOTHING,
      fragment.directives?.length ?? 0,
    );
    known.set(key, measures);
    return measures;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined, page: PageSize): OperationMeasures {
    const field = fieldOf(parent, node.name.value);
    const asked = pageSizeOf(node, field, values);
    const below = node.selectionSet
      ? ofSelections(node.selectionSet, field && getNamedType(field.type), asked)
      : NOTHING;
    const introspection = node.name.value === '__schema' || node.name.value === '__type';
    const items = field && isListType(getNullableType(field.type)) ? lengthOf(field, page) : 1;
    return {
      ...below,
      depth: introspection ? 1 : below.depth + 1,
      aliases: below.aliases + (node.alias ? 1 : 0),
      rootFields: 1,
      pageSize: Math.max(below.pageSize, asked ?? 0),
      cost: introspection ? INTROSPECTION_COST : items * (ownCost(field) + below.cost),
    };
  }

  const root = schema.getRootType(operation.operation) ?? undefined;
  return add(
    ofSelections(operation.selectionSet, root, undefined),
    NOTHING,
    operation.directives?.length ?? 0,
  );
}

function add(a: OperationMeasures, b: OperationMeasures, directives: number): OperationMeasures {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives + directives,
    rootFields: a.rootFields + b.rootFields,
    pageSize: Math.max(a.pageSize, b.pageSize),
    cost: a.cost + b.cost,
  };
}

function fieldOf(
  parent: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function ownCost(field: GraphQLField<unknown, unknown> | undefined): number {
  const complexity = field?.extensions.complexity;
  return typeof complexity === 'number' ? complexity : 1;
}

function lengthOf({ extensions }: GraphQLField<unknown, unknown>, page: PageSize): number {
  const { listLength } = extensions;
  return typeof listLength === 'number' ? listLength : (page ?? ASSUMED_LIST_LENGTH);
}

function variableDefaults({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}

/** The larger of `first` and `last`, as given or by default. */
function pageSizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown> | undefined,
  variables: Readonly<Record<string, unknown>>,
): PageSize {
  const sizes = (field?.args ?? [])
    .filter(({ name }) => name === 'first' || name === 'last')
    .map(({ name, defaultValue }) => {
      const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
      return (given && valueFromASTUntyped(given, variables)) ?? defaultValue;
    })
    .filter((size) => typeof size === 'number');
  return sizes.length ? Math.min(MAX_INT, Math.max(1, ...sizes)) : undefined;
}
