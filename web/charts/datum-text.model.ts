/** Fields that name what a mark stands for; the first that is present is shown. */
const NAMES = ['name', 'row', 'variant', 'model'];
/** Fields that say nothing to a reader: positions, orders, and bounds that are written as an interval. */
const HIDDEN = new Set([...NAMES, 'order', 'zero', 'low', 'high', 'from', 'to', 'label', 'title']);

/** Describes the data behind a mark for a tooltip, such as `THREADS ×2: 12 ms, 11 to 13`. Undefined: nothing to say. */
export function datumText(datum: unknown): string | undefined {
  if (typeof datum !== 'object' || datum === null) return undefined;
  const fields = datum as Readonly<Record<string, unknown>>;
  const name = NAMES.map((field) => fields[field]).find((value) => typeof value === 'string');
  if (name === undefined) return undefined;
  const facts = [
    ...(typeof fields.label === 'string' ? [fields.label] : figures(fields)),
    ...range(fields.low, fields.high, '95 % interval '),
    ...range(fields.from, fields.to, ''),
  ];
  return facts.length > 0 ? `${name}: ${facts.join(', ')}` : String(name);
}

function figures(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    // Vega adds fields of its own, such as `time_start` of a stacked bar.
    if (HIDDEN.has(field) || field.includes('_')) return [];
    if (typeof value === 'number') return [field === 'value' ? short(value) : `${field} ${short(value)}`];
    return typeof value === 'string' ? [value] : [];
  });
}

function range(low: unknown, high: unknown, words: string): string[] {
  if (typeof low !== 'number' || typeof high !== 'number' || low === high) return [];
  return [`${words}${short(low)} to ${short(high)}`];
}

/** Three significant digits; whole numbers from 1,000 on. */
const short = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
