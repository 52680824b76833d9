/**
 * `npm run generate types` writes the types of the command line's operations from schema.graphql: graphql-codegen's client
 * preset, of which the documents and their types are kept. Its tag function and its index have no use here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse } from 'graphql';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'src/cli/generated/';
export const GENERATED_FILE = `${root}/${FOLDER}graphql.ts`;

/** What the generated file has to say. */
export async function generateTypes(): Promise<string> {
  const schema = parse(readFileSync(`${root}/schema.graphql`, 'utf8'));
  const location = 'src/cli/operations.graphql';
  const rawSDL = readFileSync(`${root}/${location}`, 'utf8');
  const files = await preset.buildGeneratesSection({
    baseOutputDir: FOLDER,
    presetConfig: { fragmentMasking: false },
    schema,
    schemaAst: buildASTSchema(schema),
    documents: [{ document: parse(rawSDL), location, rawSDL }],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      avoidOptionals: { field: true },
      scalars: { DateTimeISO: 'string', JSONObject: 'Record<string, unknown>', Upload: 'Blob' },
      strictScalars: true,
      emitLegacyCommonJSImports: false,
    },
    plugins: [],
    pluginMap: {},
    pluginContext: {},
  });
  const typed = files.find(({ filename }) => filename === `${FOLDER}graphql.ts`);
  if (!typed) throw new Error('The client preset makes no graphql.ts any more');
  return codegen(typed);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(GENERATED_FILE, await generateTypes());
