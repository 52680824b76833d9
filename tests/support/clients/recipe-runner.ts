import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Place } from '../../../web/editor/pipeline/place.model.js';
import { type Recipe, type RecipeLanguage, recipeText } from '../../../web/recipes/recipe.model.js';
import { GraphQLClient } from './graphql-client.js';

/** Languages that run here: a machine without curl skips it. */
export const LANGUAGES: readonly RecipeLanguage[] = [
  'GRAPHQL',
  ...(spawnSync('curl', ['--version']).status === 0 ? (['CURL'] as const) : []),
  'TYPESCRIPT',
];

/** Characters with a meaning in a shell, in a template string or in GraphQL. */
export const HOSTILE = `it's "50 %" \`$HOME\` \${x} $(id) \\ !`;

/** Place of the first operation on an image of one pixel. */
export const ONE_PIXEL_PLACE: Place = {
  width: 1,
  height: 1,
  isExact: true,
  frames: 1,
  format: 'PNG',
  formats: ['PNG', 'JPEG'],
  limits: DEFAULT_IMAGING_LIMITS,
};

/** Registers an account and creates an API token for its recipes. */
export async function recipeAccount(url: string): Promise<{ client: GraphQLClient; token: string }> {
  const client = new GraphQLClient(url);
  await client.register();
  const create = 'mutation { createApiToken(input: { name: "recipes" }) { token } }';
  const { createApiToken } = await client.get<{ createApiToken: { token: string } }>(create);
  return { client, token: createApiToken.token };
}

/** Runs recipes as they are copied, in a folder of its own. */
export class RecipeRunner {
  private constructor(
    private readonly serverUrl: string,
    readonly folder: string,
  ) {}

  static async create(serverUrl: string): Promise<RecipeRunner> {
    return new RecipeRunner(serverUrl, await mkdtemp(join(tmpdir(), 'recipes-')));
  }

  /** Runs a recipe with the environment variable TOKEN and returns its output; throws where it fails. */
  async run(language: RecipeLanguage, recipe: Recipe, token: string): Promise<string> {
    const text = recipeText(language, this.serverUrl, recipe);
    switch (language) {
      case 'GRAPHQL':
        return JSON.stringify(await this.#send(recipe, text, token));
      case 'CURL': {
        const output = await this.#execute('sh', ['-ec', text], token);
        if (output.includes('"errors"')) throw new Error(output);
        return output;
      }
      case 'TYPESCRIPT': {
        const file = join(this.folder, 'recipe.ts');
        await writeFile(file, text);
        return this.#execute(process.execPath, ['--no-warnings', file], token);
      }
      default:
        return language satisfies never;
    }
  }

  dispose(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** GraphQL alone does not say how files and events are sent: a client of the tests does it. */
  async #send(recipe: Recipe, query: string, token: string): Promise<unknown> {
    const client = new GraphQLClient(this.serverUrl);
    client.token = token;
    switch (recipe.kind) {
      case 'REQUEST':
      case 'DOWNLOAD':
        return client.get(query, JSON.parse(/^# Variables: (.*)$/m.exec(query)?.[1] ?? '{}'));
      case 'SUBSCRIPTION':
        return all(client.subscribe(query));
      case 'UPLOAD':
        return Promise.all(
          recipe.files.map(async (name) => {
            const file = { name, bytes: await readFile(join(this.folder, name)) };
            const answer = await client.send(query, { file: null }, { 'variables.file': file });
            if (answer.errors) throw new Error(JSON.stringify(answer.errors));
            return answer.data;
          }),
        );
      default:
        return recipe satisfies never;
    }
  }

  async #execute(file: string, args: string[], token: string): Promise<string> {
    const env = { PATH: process.env.PATH, TOKEN: token, HOME: '/nowhere' };
    return (await promisify(execFile)(file, args, { env, cwd: this.folder })).stdout;
  }
}

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}
