/**
 * `npm run generate types` writes the types of the command line's operations from schema.graphql with graphql-codegen's
 * client preset. Only its documents and types are kept; its tag function and its index are unused.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse } from 'graphql';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'src/cli/generated/';
export const GENERATED_FILE = `${root}/${FOLDER}graphql.ts`;

/** Returns the content of the generated file. */
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
  if (!typed) throw new Error('The client preset generates no graphql.ts');
  return codegen(typed);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(GENERATED_FILE, await generateTypes());
