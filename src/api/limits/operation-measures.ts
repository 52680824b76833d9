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
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** Size of an operation, in the units of {@link QueryLimits}. */
export interface OperationMeasures {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  /** The largest `first` or `last`. */
  pageSize: number;
  cost: number;
}

/** Assumed length of a list that is not a page and declares no length. */
const ASSUMED_LIST_LENGTH = 10;

/** Introspection counts as one expensive field: graphql-js limits its depth, and its result has a fixed size. */
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

/** Measures an operation without running it, in time linear in the document; see {@link OperationMeter}. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Readonly<Record<string, unknown>>,
): OperationMeasures {
  return new OperationMeter(schema, document, { ...variableDefaults(operation), ...variables }).of(operation);
}

/**
 * Measures each fragment once for each page size that it is spread under, so that fragments which double each other
 * cost no time and count in full.
 *
 * A field costs 1, or `complexity` of its extensions. A list costs that and what is below it as many times as it has
 * items: `listLength` of its extensions, or the page size of the connection that it is in, or else
 * {@link ASSUMED_LIST_LENGTH}.
 */
class OperationMeter {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, OperationMeasures>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
    }
  }

  of({ operation, selectionSet, directives }: OperationDefinitionNode): OperationMeasures {
    const root = this.schema.getRootType(operation) ?? undefined;
    return add(this.#selections(selectionSet, root, undefined), NOTHING, directives?.length ?? 0);
  }

  #selections(
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType | undefined,
    page: PageSize,
  ): OperationMeasures {
    let sum = NOTHING;
    for (const selection of selections) {
      const measures = this.#selection(selection, parent, page);
      sum = add(sum, measures, selection.directives?.length ?? 0);
    }
    return sum;
  }

  #selection(
    selection: SelectionNode,
    parent: GraphQLNamedType | undefined,
    page: PageSize,
  ): OperationMeasures {
    if (selection.kind === Kind.FIELD) return this.#field(selection, parent, page);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(selection.name.value, page);
    const type = this.schema.getType(selection.typeCondition?.name.value ?? '') ?? parent;
    return this.#selections(selection.selectionSet, type, page);
  }

  #fragment(name: string, page: PageSize): OperationMeasures {
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    const key = `${name} ${page}`;
    const known = this.#measured.get(key);
    if (known) return known;
    this.#measured.set(key, NOTHING); // Stops at a cycle, which validation refuses.
    const type = this.schema.getType(fragment.typeCondition.name.value);
    const below = this.#selections(fragment.selectionSet, type, page);
    const measures = add(below, NOTHING, fragment.directives?.length ?? 0);
    this.#measured.set(key, measures);
    return measures;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined, page: PageSize): OperationMeasures {
    const field = fieldOf(parent, node.name.value);
    const asked = pageSizeOf(node, field, this.variables);
    const below = node.selectionSet
      ? this.#selections(node.selectionSet, field && getNamedType(field.type), asked)
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

/** The larger of `first` and `last`, given or default. */
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
