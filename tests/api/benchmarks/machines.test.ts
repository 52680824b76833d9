import { afterEach, expect, it } from '@jest/globals';
import type { SampleRunner } from '../../../src/benchmark/sample-runner.js';
import { AppError } from '../../../src/errors.js';
import { eventually } from '../../support/eventually.js';
import { onPostgresql } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const RUN = 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }';
const INPUT = { workload: 'FIBONACCI', models: ['SYNC'], workerCounts: [2] };

onPostgresql('processes over one database', (databases) => {
  const apps: TestApp[] = [];
  afterEach(() => Promise.all(apps.map((app) => app.close())));

  it('run a benchmark each at the same time where they say that they are on different machines', async () => {
    const databaseUrl = await databases.create();
    const running = new Set<string>();
    for (const machineName of ['left', 'right']) {
      const sampleRunner = (): SampleRunner => ({
        measure: (_cell, { signal } = {}) =>
          new Promise((_resolve, reject) => {
            running.add(machineName);
            signal?.addEventListener('abort', () => reject(new AppError('CANCELLED', 'stopped')));
          }),
      });
      apps.push(await startTestApp({ databaseUrl, machineName }, { sampleRunner }));
    }
    for (const app of apps) await (await app.signedIn()).get(RUN, { input: INPUT });
    await eventually(() => running.size === 2);
    expect([...running].toSorted()).toEqual(['left', 'right']);
  });
});
