/**
 * `npm run generate types` writes the types of the operations of the command line, the shared client and the web app
 * from schema.graphql: the documents as text, so that a browser loads no graphql-js, and their types, by graphql-codegen's
 * client preset; and the operations with their bounds, for the editor of the web app.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse } from 'graphql';
import { operationCatalogue } from './operation-catalogue.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Target {
  /** Files of operations, as a pattern. */
  operations: string;
  folder: string;
}

const TARGETS: readonly Target[] = [
  { operations: 'src/cli/operations.graphql', folder: 'src/cli/generated/' },
  { operations: 'src/client/operations.graphql', folder: 'src/client/generated/' },
  { operations: 'web/api/operations.graphql', folder: 'web/api/generated/' },
  { operations: 'web/lab/**/*.graphql', folder: 'web/lab/generated/' },
];

const CATALOGUE = `${root}/web/api/generated/operations.ts`;

/** Returns the content of each generated file, by its path. */
export async function generateTypes(): Promise<Map<string, string>> {
  const files = await Promise.all(TARGETS.map(generate));
  return new Map([...files, [CATALOGUE, operationCatalogue(`${root}/schema.graphql`)]]);
}

async function generate({ operations, folder }: Target): Promise<[string, string]> {
  const schema = parse(readFileSync(`${root}/schema.graphql`, 'utf8'));
  const documents = globSync(operations, { cwd: root })
    .toSorted()
    .map((location) => {
      const rawSDL = readFileSync(`${root}/${location}`, 'utf8');
      return { document: parse(rawSDL), location, rawSDL };
    });
  const files = await preset.buildGeneratesSection({
    baseOutputDir: folder,
    presetConfig: { fragmentMasking: false },
    schema,
    schemaAst: buildASTSchema(schema),
    documents,
    config: {
      documentMode: 'string',
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
  const typed = files.find(({ filename }) => filename === `${folder}graphql.ts`);
  if (!typed) throw new Error('The client preset no longer writes graphql.ts');
  return [`${root}/${folder}graphql.ts`, await codegen(typed)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, content] of await generateTypes()) writeFileSync(path, content);
}
