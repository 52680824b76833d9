import { readdirSync } from 'node:fs';
import { parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { HostSampleRunner } from '../../../src/benchmark/measure/host.sample-runner.js';
import { probeTask } from '../../../src/benchmark/measure/probe-task.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';

const FOLDER = 'examples/tasks';
const FILES = readdirSync(FOLDER);

const task = (file: string) => ({
  name: parse(file).name,
  module: pathToFileURL(`${process.cwd()}/${FOLDER}/${file}`).href,
});

describe('the task modules of examples/tasks', () => {
  it('are in JavaScript and in TypeScript', () => {
    expect(new Set(FILES.map((file) => parse(file).ext))).toEqual(new Set(['.mjs', '.ts']));
  });

  it.each(FILES)('%s gives equal results under every model', async (file) => {
    const runner = new HostSampleRunner({ workload: 'TASK', ...task(file) });
    const digests: Record<string, string> = {};
    for (const model of CONCURRENCY_MODELS) {
      const sample = await runner.measure({ model, engine: null, imageCount: 2, workers: 2 });
      expect(sample).not.toHaveProperty('otherResult');
      digests[model] = sample.outputDigest;
    }
    expect(digests).toEqual(Object.fromEntries(CONCURRENCY_MODELS.map((model) => [model, digests.SYNC])));
    expect(digests.SYNC).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(FILES)('%s has several inputs and can be tried', async (file) => {
    const { inputs, taskMs } = await probeTask(task(file));
    expect(inputs).toBeGreaterThan(1);
    expect(taskMs).toBeGreaterThan(0);
  });
});
