/** What the editor is about to do, as a request that runs as it is copied: GraphQL, a shell command, TypeScript. */
import type { ImageEngine } from '../api/generated/graphql.js';
import { factsOf, type Value } from './operations.model.js';
import type { Step } from './pipeline.model.js';

export type RecipeLanguage = 'GRAPHQL' | 'CURL' | 'TYPESCRIPT';

export interface RecipeTarget {
  /** Address of the server, without a slash at the end. */
  serverUrl: string;
  imageId: string;
  engine: ImageEngine;
}

/** Each reads the access token from the environment variable TOKEN. */
export function recipeOf(language: RecipeLanguage, target: RecipeTarget, steps: readonly Step[]): string {
  const query = graphql(target, steps);
  switch (language) {
    case 'GRAPHQL':
      return query;
    case 'CURL':
      return curl(target.serverUrl, query);
    case 'TYPESCRIPT':
      return typescript(target.serverUrl, query);
    default:
      return language satisfies never;
  }
}

function graphql({ imageId, engine }: RecipeTarget, steps: readonly Step[]): string {
  const operations = steps.map((step) => `      { ${operationLiteral(step)} }`);
  return [
    'mutation {',
    '  processImage(input: {',
    `    imageId: ${JSON.stringify(imageId)}`,
    `    engine: ${engine}`,
    ...(operations.length > 0 ? ['    operations: [', ...operations, '    ]'] : ['    operations: []']),
    '  }) {',
    '    id url width height byteSize durationMs',
    '  }',
    '}',
  ].join('\n');
}

function operationLiteral({ kind, params }: Step): string {
  const { field, parameters } = factsOf(kind);
  if (kind === 'GRAYSCALE') return `${field}: true`;
  // A parameter with its default value is left to the server, unless all have their defaults.
  const entries = Object.entries(params);
  const changed = entries.filter(([name, value]) => value !== parameters[name]?.initial);
  const values = (changed.length > 0 ? changed : entries).map(([name, value]) => {
    return `${name}: ${literal(value, parameters[name]?.type === 'ONE_OF')}`;
  });
  return `${field}: { ${values.join(', ')} }`;
}

function literal(value: Value, isEnum: boolean): string {
  return isEnum ? String(value) : JSON.stringify(value);
}

function curl(serverUrl: string, query: string): string {
  return [
    `curl ${shellQuoted(`${serverUrl}/graphql`)} \\`,
    '  -H "Authorization: Bearer $TOKEN" \\',
    "  -H 'Content-Type: application/json' \\",
    `  -d ${shellQuoted(JSON.stringify({ query }))}`,
  ].join('\n');
}

/** For POSIX shells: within single quotes nothing but a single quote has a meaning. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function typescript(serverUrl: string, query: string): string {
  const escaped = query.replaceAll(/[\\`]|\$\{/g, '\\$&');
  return [
    `const response = await fetch(${JSON.stringify(`${serverUrl}/graphql`)}, {`,
    "  method: 'POST',",
    '  headers: {',
    "    'Content-Type': 'application/json',",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template string of the script
    '    Authorization: `Bearer ${process.env.TOKEN}`,',
    '  },',
    '  body: JSON.stringify({',
    `    query: \`${escaped}\`,`,
    '  }),',
    '});',
    'const { data, errors } = await response.json();',
    'if (errors) throw new Error(errors[0].message);',
    'console.log(data.processImage);',
  ].join('\n');
}
