import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KINDS } from '../../../web/editor/pipeline/operations.model.js';
import { startingParams } from '../../../web/editor/pipeline/starting-params.model.js';
import type { RunBenchmarkInput } from '../../../web/lab/generated/graphql.js';
import * as lab from '../../../web/lab/lab-recipes.model.js';
import { operationInput } from '../../../web/lab/run/run-again.model.js';
import type { Recipe } from '../../../web/recipes/recipe.model.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  HOSTILE,
  LANGUAGES,
  ONE_PIXEL_PLACE,
  RecipeRunner,
  recipeAccount,
} from '../../support/clients/recipe-runner.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const SMALL: RunBenchmarkInput = {
  ...{ name: HOSTILE, workload: 'FIBONACCI', models: ['SYNC', 'THREADS'] },
  ...{ imageCounts: [1], workerCounts: [1], repetitions: 1, seed: 7 },
};
/** Longer than the test: it is cancelled. */
const LONG: RunBenchmarkInput = { ...SMALL, imageCounts: [500], repetitions: 50 };
/** Operations of one pipeline. */
const MAX_OPERATIONS = 10;

describe('the recipes of the laboratory, run as they are copied', () => {
  let server: ServerProcess;
  let client: GraphQLClient;
  let runner: RecipeRunner;
  let token: string;

  beforeAll(async () => {
    server = await ServerProcess.start();
    runner = await RecipeRunner.create(server.url);
  });
  afterAll(async () => {
    await server?.dispose();
    await runner?.dispose();
  });

  const newest = async (): Promise<{ id: string; name: string; seed: number }> =>
    (await client.get('{ benchmarks(first: 1) { edges { node { id name seed } } } }')).benchmarks.edges[0]
      .node;

  describe.each(LANGUAGES)('in %s', (language) => {
    const run = (recipe: Recipe) => runner.run(language, recipe, token);

    beforeAll(async () => {
      ({ client, token } = await recipeAccount(server.url));
    });

    it('plans a run of images of the user with every operation', async () => {
      const { id } = await client.upload(ONE_PIXEL_PNG);
      const operations = KINDS.map((kind) =>
        operationInput({ kind, params: startingParams(kind, ONE_PIXEL_PLACE) }),
      );
      for (let from = 0; from < operations.length; from += MAX_OPERATIONS) {
        const input: RunBenchmarkInput = {
          ...{ workload: 'IMAGE', preset: 'QUICK', engines: ['SHARP'], models: ['SYNC'] },
          ...{ imageIds: Array(300).fill(id), operations: operations.slice(from, from + MAX_OPERATIONS) },
        };
        expect(await run(lab.planRecipe(input))).toContain('totalSamples');
      }
    });

    it('plans a sweep', async () => {
      const sweep = { axis: 'WAIT_SHARE', values: [0, 0.5] } as const;
      const input = { ...SMALL, sweep: { ...sweep, values: [...sweep.values] } };
      expect(await run(lab.planRecipe(input))).toMatch(/"totalCells": ?4/);
    });

    it('starts a run, follows it, and reads its result and a report', async () => {
      await run(lab.runRecipe(SMALL));
      const { id, name, seed } = await newest();
      expect({ name, seed }).toEqual({ name: HOSTILE, seed: 7 });
      expect(await run(lab.followRecipe(id))).toContain('COMPLETED');
      expect(await run(lab.resultRecipe(id))).toContain('THREADS');
      expect(await run(lab.reportRecipe(id, 'MARKDOWN'))).toContain('## ');
      expect(await run(lab.listRecipe(5))).toContain(id);
    });

    it('imports a run, compares it, and deletes it', async () => {
      const { id: baseline } = await newest();
      const { benchmark } = await client.get(`{ benchmark(id: "${baseline}") { report(format: JSON) } }`);
      await writeFile(join(runner.folder, 'other.json'), benchmark.report);
      expect(await run(lab.importRecipe('other.json'))).toContain('id');
      const { id: imported } = await newest();
      expect(imported).not.toBe(baseline);
      expect(await run(lab.compareRecipe(baseline, [imported]))).toContain('verdict');
      await run(lab.deleteRecipe(imported));
      expect(await client.codeOf(`{ benchmark(id: "${imported}") { id } }`)).toBe('NOT_FOUND');
    });

    it('runs the race, and lists the experiments', async () => {
      const input = { workers: 2, incrementsPerWorker: 100, minimumMs: 0, repetitions: 1 };
      expect(await run(lab.raceRecipe(input))).toContain('BATCHED');
      expect(await run(lab.racesRecipe(1))).toContain('UNSYNCHRONIZED');
    });

    it('cancels a run', async () => {
      await run(lab.runRecipe(LONG));
      const { id } = await newest();
      expect(await run(lab.cancelRecipe(id))).toContain(id);
      expect(await run(lab.followRecipe(id))).toContain('CANCELLED');
    });
  });
});
