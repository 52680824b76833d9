import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KINDS, type Params, startingParams } from '../../../web/editor/operations.model.js';
import { type RecipeLanguage, recipeOf } from '../../../web/editor/recipe.model.js';
import { GraphQLClient } from '../../support/clients/graphql-client.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { ServerProcess } from '../../support/servers/server-process.js';

/** Characters that mean something to a shell, to a template string or to GraphQL. */
const HOSTILE = `it's "50 %" \`$HOME\` \${x} $(id) \\ !`;

describe('the recipes of the editor, run as they are copied', () => {
  let server: ServerProcess;
  let client: GraphQLClient;
  let folder: string;
  let imageId: string;
  let token: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recipes-'));
    server = await ServerProcess.start();
    client = new GraphQLClient(server.url);
    await client.register();
    imageId = (await client.upload(ONE_PIXEL_PNG)).id;
    const { createApiToken } = await client.get(
      'mutation { createApiToken(input: { name: "recipes" }) { token } }',
    );
    token = createApiToken.token;
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Every operation, in two pipelines: one has at most ten. The watermark of each has a text that needs quoting. */
  const watermark = { kind: 'WATERMARK', params: { text: HOSTILE } } as const;
  const others = KINDS.filter((kind) => kind !== 'WATERMARK').map((kind) => ({
    kind,
    params: startingParams(kind, { width: 1, height: 1 }),
  }));
  const PIPELINES = [
    [watermark, ...others.slice(0, 6)],
    [...others.slice(6), watermark],
  ].map((pipeline) => pipeline.map((step, id) => ({ id, ...step })));
  type Steps = (typeof PIPELINES)[number];

  const recipe = (language: RecipeLanguage, steps: Steps) =>
    recipeOf(language, { serverUrl: server.url, imageId, engine: 'SHARP' }, steps);
  const run = async (file: string, ...args: string[]): Promise<string> => {
    const env = { PATH: process.env.PATH, TOKEN: token, HOME: '/nowhere' };
    return (await promisify(execFile)(file, args, { env })).stdout;
  };
  /** Expects that the newest image was made by these steps, every character of the text included. */
  const expectMadeBy = async (steps: Steps): Promise<void> => {
    const { images } = await client.get(
      '{ images(first: 1) { edges { node { operations { kind params } } } } }',
    );
    const operations: { kind: string; params: Params }[] = images.edges[0].node.operations;
    expect(operations.map(({ kind }) => kind)).toEqual(steps.map(({ kind }) => kind));
    expect(operations.find(({ kind }) => kind === 'WATERMARK')?.params.text).toBe(HOSTILE);
  };

  it('GraphQL', async () => {
    for (const steps of PIPELINES) {
      const { processImage } = await client.get(recipe('GRAPHQL', steps));
      expect(processImage).toMatchObject({ id: expect.any(String), byteSize: expect.any(Number) });
      await expectMadeBy(steps);
    }
  });

  (spawnSync('curl', ['--version']).status === 0 ? it : it.skip)('curl, by a shell', async () => {
    for (const steps of PIPELINES) {
      expect(JSON.parse(await run('sh', '-c', recipe('CURL', steps))).errors).toBeUndefined();
      await expectMadeBy(steps);
    }
  });

  it('TypeScript, by Node', async () => {
    const file = join(folder, 'recipe.ts');
    for (const steps of PIPELINES) {
      await writeFile(file, recipe('TYPESCRIPT', steps));
      expect(await run(process.execPath, file)).toContain('byteSize');
      await expectMadeBy(steps);
    }
  });

  it('hold no token', () => {
    for (const language of ['GRAPHQL', 'CURL', 'TYPESCRIPT'] as const) {
      const text = recipe(language, PIPELINES.flat());
      expect(text).not.toContain(token);
      expect(text).not.toContain(client.token);
    }
  });
});
