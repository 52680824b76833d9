import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as account from '../../../web/account/account-recipes.model.js';
import * as editor from '../../../web/editor/editor-recipes.model.js';
import { KINDS, type Params } from '../../../web/editor/pipeline/operations.model.js';
import { startingParams } from '../../../web/editor/pipeline/starting-params.model.js';
import * as images from '../../../web/images/image-recipes.model.js';
import * as jobs from '../../../web/jobs/job-recipes.model.js';
import { type Recipe, recipeText } from '../../../web/recipes/recipe.model.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { allEvents, createJob, followJob } from '../../support/clients/job-client.js';
import {
  HOSTILE,
  LANGUAGES,
  ONE_PIXEL_PLACE,
  RecipeRunner,
  recipeAccount,
} from '../../support/clients/recipe-runner.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { hold, release } from '../../support/servers/faults/hold.js';
import { FAULT_SERVER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

/** File names that mean something to a shell or to curl's `-F`, without those that headers have to encode. */
const NAMES = ["it's $(id) `x`;type=a,b.png", '-rf $HOME !.png', 'plain.png'];

describe('the recipes of the web app, run as they are copied', () => {
  let server: ServerProcess;
  let client: GraphQLClient;
  let runner: RecipeRunner;
  let token: string;

  beforeAll(async () => {
    server = await ServerProcess.start({}, 'main', FAULT_SERVER);
    runner = await RecipeRunner.create(server.url);
  });
  afterAll(async () => {
    await server?.dispose();
    await runner?.dispose();
  });

  const upload = async (): Promise<string> => (await client.upload(ONE_PIXEL_PNG)).id;
  const tokenOf = (recipe: Recipe) => (recipe.token === 'ACCESS_TOKEN' ? String(client.token) : token);
  /** Every operation, in two pipelines: one has at most ten. The watermark of each has a text that needs quoting. */
  const watermark = { kind: 'WATERMARK', params: { text: HOSTILE } } as const;
  const others = KINDS.filter((kind) => kind !== 'WATERMARK').map((kind) => ({
    kind,
    params: startingParams(kind, ONE_PIXEL_PLACE),
  }));
  const pipelines = [
    [watermark, ...others.slice(0, 6)],
    [...others.slice(6), watermark],
  ].map((steps) => ({ engine: 'SHARP' as const, steps: steps.map((step, id) => ({ id, ...step })) }));
  const [pipeline = { engine: 'SHARP' as const, steps: [] }] = pipelines;
  const resize = {
    engine: 'SHARP' as const,
    steps: [{ id: 1, kind: 'RESIZE' as const, params: { width: 1 } }],
  };
  const newJob = async (): Promise<string> =>
    (await createJob(client, [await upload()], { operations: [{ resize: { width: 1 } }] })).id;
  const endedJob = async (): Promise<string> => {
    const id = await newJob();
    await allEvents(followJob(client, id));
    return id;
  };

  describe.each(LANGUAGES)('in %s', (language) => {
    // An account of its own: the jobs of the language before may still store results.
    beforeAll(async () => {
      ({ client, token } = await recipeAccount(server.url));
    });

    const run = (recipe: Recipe) => runner.run(language, recipe, tokenOf(recipe));

    it('saves an image, every character of a watermark included', async () => {
      const imageId = await upload();
      for (const each of pipelines) {
        expect(await run(editor.resultRecipe(imageId, each))).toContain('/media/variants/');
        expect(await run(editor.saveRecipe(imageId, each))).toContain('byteSize');
        const newest = '{ images(first: 1) { edges { node { operations { kind params } } } } }';
        const { operations } = (await client.get(newest)).images.edges[0].node;
        const stored: { kind: string; params: Params }[] = operations;
        expect(stored.map(({ kind }) => kind)).toEqual(each.steps.map(({ kind }) => kind));
        expect(stored.find(({ kind }) => kind === 'WATERMARK')?.params.text).toBe(HOSTILE);
      }
    });

    it('saves and deletes a preset, and sets and removes a focal point', async () => {
      const imageId = await upload();
      expect(await run(editor.savePresetRecipe('small', pipeline))).toContain('small');
      expect(await run(editor.deletePresetRecipe('small'))).toContain('small');
      expect(await run(editor.focalPointRecipe(imageId, { x: 0.25, y: 1 }))).toContain('0.25');
      expect(await run(editor.focalPointRecipe(imageId, null))).toContain('null');
    });

    it('uploads, lists and deletes images', async () => {
      for (const name of NAMES) await writeFile(join(runner.folder, name), ONE_PIXEL_PNG);
      await run(images.uploadRecipe(NAMES));
      await run(images.uploadRecipe(NAMES.slice(2)));
      const list = '{ images(first: 4) { edges { cursor node { id filename } } } }';
      const edges: { cursor: string; node: { id: string; filename: string } }[] = (await client.get(list))
        .images.edges;
      const stored = edges.map(({ node }) => node.filename).sort();
      expect(stored).toEqual([...NAMES, 'plain.png'].sort());
      expect(await run(images.listRecipe(4, null))).toContain(String(edges[0]?.node.id));
      expect(await run(images.listRecipe(1, String(edges[0]?.cursor)))).toContain(String(edges[1]?.node.id));
      const ids = edges.map(({ node }) => node.id);
      expect(await run(images.deletionRecipe(ids))).toContain(String(ids[3]));
      expect(await client.codeOf(`{ image(id: "${ids[3]}") { id } }`)).toBe('NOT_FOUND');
    });

    it('creates a job, follows it, and downloads its zip', async () => {
      const ids = [await upload(), await upload()];
      await run(editor.createJobRecipe(ids, resize));
      const { jobs: newest } = await client.get('{ jobs(first: 1) { edges { node { id totalCount } } } }');
      const { id, totalCount } = newest.edges[0].node;
      expect(totalCount).toBe(2);
      expect(await run(jobs.followRecipe(id))).toContain('COMPLETED');
      const recipe = jobs.zipRecipe(id);
      const output = await run(recipe);
      if (language === 'GRAPHQL') expect(output).toContain('.zip');
      else expect(await readFile(join(runner.folder, `job-${id}.zip`), 'latin1')).toContain('manifest.json');
    });

    it('creates a job of as many images as one job takes', async () => {
      const ids = Array(1_000).fill(await upload());
      expect(await run(editor.createJobRecipe(ids, resize))).toContain('1000');
    });

    it('cancels, retries and lists jobs', async () => {
      await hold(server.folder, 'IMAGES', 0);
      const id = await newJob();
      expect(await run(jobs.cancelRecipe(id))).toContain(id);
      await release(server.folder, 'IMAGES');
      const ended = await endedJob();
      for (const codes of [null, ['PROCESSING_FAILED', 'SERVER_BUSY']])
        expect(await run(jobs.retryRecipe(ended, codes))).toContain(ended);
      expect(await run(jobs.listRecipe(5, { status: 'COMPLETED' }))).toContain(ended);
      expect(await run(jobs.listRecipe(5, { hasFailures: true }))).not.toContain(ended);
    });

    it('lists, creates and revokes API tokens, and ends sessions', async () => {
      const created = await run(
        account.createTokenRecipe({ name: HOSTILE, scope: 'READ', expiresInDays: 3 }),
      );
      expect(created).toContain('nb_');
      const { apiTokens } = await client.get('{ apiTokens { id name } }');
      const [newest] = apiTokens as { id: string; name: string }[];
      expect(newest?.name).toBe(HOSTILE);
      const id = String(newest?.id);
      expect(await run(account.listTokensRecipe())).toContain(id);
      expect(await run(account.revokeTokenRecipe(id))).toContain(id);
      expect(await run(account.listTokensRecipe())).not.toContain(id);
      expect(await run(account.listSessionsRecipe())).toContain('current');
      await expect(run(account.endSessionRecipe(crypto.randomUUID()))).rejects.toThrow();
      expect(await run(account.endOtherSessionsRecipe())).toContain('0');
    });

    it('holds no token', () => {
      const text = recipeText(language, server.url, jobs.zipRecipe('1'));
      for (const secret of [token, String(client.token)]) expect(text).not.toContain(secret);
    });
  });
});
