import {
  astFromValue,
  type GraphQLInputField,
  getNamedType,
  isEnumType,
  isInputObjectType,
  print,
} from 'graphql';
import { EXAMPLES, OPERATION_INPUT, type OperationExample } from './operation-examples.js';

const FOLDER = 'images/operations';

const INTRODUCTION = `# Operations

Operations are the steps of \`processImage\` and of batch jobs. They run in the order of the list, at most ten in one request, and each checks the size of its result before it computes. Both engines do all of them.

This page is generated: parameters from [schema.graphql](../schema.graphql), images by the SHARP engine. The source images have 480x320 pixels. Each request is an element of \`input.operations\`.
`;

/** The page on operations, from the schema and the examples. Tables are not aligned. */
export function operationsPage(): string {
  const examples: Readonly<Record<string, readonly OperationExample[]>> = EXAMPLES;
  const fields = OPERATION_INPUT.getFields();
  const missing = Object.keys(fields).filter((name) => !examples[name]);
  if (missing.length > 0)
    throw new Error(`scripts/docs/operation-examples.ts has no example of ${missing.join(', ')}`);
  const sections = Object.entries(examples).map(([name, shown]) => section(fields[name], shown));
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

function section(field: GraphQLInputField | undefined, examples: readonly OperationExample[]): string {
  if (field === undefined) throw new Error('An example of an operation that the schema does not have');
  const source = (examples[0]?.source ?? 'LANDSCAPE').toLowerCase();
  const heads = ['before', ...examples.map(({ input }) => `\`${input}\``)];
  const results = examples.map(({ name, input }) => `![result of ${altText(input)}](${FOLDER}/${name}.webp)`);
  const images = [`![the ${source}](${FOLDER}/${source}.webp)`, ...results];
  const notes = ['', ...examples.map(({ note = '' }) => note)];
  return [
    `## ${field.name}\n`,
    `${field.description}\n`,
    ...parameters(field),
    row(heads),
    row(heads.map(() => '---')),
    row(images),
    ...(notes.some(Boolean) ? [row(notes)] : []),
    '',
  ].join('\n');
}

function parameters({ type }: GraphQLInputField): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  const rows = Object.values(named.getFields()).map((parameter) =>
    row([`\`${parameter.name}\``, values(parameter), defaultOf(parameter), oneLine(parameter.description)]),
  );
  return [row(['parameter', 'type', 'default', '']), row(['---', '---', '---', '---']), ...rows, ''];
}

/** The type of a parameter; of an enum its values. */
function values({ type }: GraphQLInputField): string {
  const named = getNamedType(type);
  return isEnumType(named)
    ? named
        .getValues()
        .map(({ name }) => `\`${name}\``)
        .join(', ')
    : named.name;
}

function defaultOf({ type, defaultValue }: GraphQLInputField): string {
  const value = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return value ? `\`${print(value)}\`` : String(type).endsWith('!') ? 'required' : '–';
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const oneLine = (text: string | null | undefined): string =>
  (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|');
const altText = (input: string): string =>
  input
    .replace(/[{}"[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
