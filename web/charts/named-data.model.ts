/** A chart specification, split into what stays the same and the data that change. */
export interface NamedData {
  /** The specification with a name in place of each list of values; equal for charts that differ in data alone. */
  frame: object;
  /** Lists of values by name. */
  data: ReadonlyMap<string, readonly object[]>;
}

/** Names every inline list of values of a Vega-Lite specification, so that it can be replaced in a drawn chart. */
export function withNamedData(spec: object): NamedData {
  const data = new Map<string, readonly object[]>();
  const frame = named(spec, data) as object;
  return { frame, data };
}

/** The specification of a frame with its values, as Vega-Lite compiles it. */
export function withValues({ frame, data }: NamedData): object {
  return withValue(frame, data) as object;
}

function named(part: unknown, data: Map<string, readonly object[]>): unknown {
  if (Array.isArray(part)) return part.map((one) => named(one, data));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key !== 'data' || !hasValues(value)) return [key, named(value, data)];
      const name = `values-${data.size}`;
      data.set(name, value.values);
      return [key, { name }];
    }),
  );
}

function withValue(part: unknown, data: NamedData['data']): unknown {
  if (Array.isArray(part)) return part.map((one) => withValue(one, data));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      const name = key === 'data' ? (value as { name?: string }).name : undefined;
      const values = name === undefined ? undefined : data.get(name);
      return [key, values ? { name, values } : withValue(value, data)];
    }),
  );
}

const hasValues = (value: unknown): value is { values: readonly object[] } =>
  typeof value === 'object' && value !== null && Array.isArray((value as { values?: unknown }).values);
