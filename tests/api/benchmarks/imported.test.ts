import { expect, it } from '@jest/globals';
import { toJson } from '../../../src/benchmark/export/json.js';
import type { BenchmarkRecord } from '../../../src/benchmark/export/report.js';
import { report } from '../../benchmark/export/record.js';
import { around, environment, samplesOf } from '../../benchmark/samples.js';
import { dataOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp } from '../../support/servers/test-app.js';

const IMPORT = `mutation ($file: Upload!) { importBenchmark(file: $file) { id environment { nodeVersion runtime } } }`;
const COMPARE = `query ($baselineId: ID!, $candidateIds: [ID!]!) {
  compareBenchmarks(baselineId: $baselineId, candidateIds: $candidateIds) {
    rows { verdict ratioInterval { high } doubt { warning meaning advice } }
  }
}`;

eachDatabase('an imported report', (databases) => {
  it.each([
    [{}, 'Node 24.1.0'],
    [{ nodeVersion: '' }, 'unknown'],
    [{ nodeVersion: '', runtime: 'CPython 3.14.0' }, 'CPython 3.14.0'],
  ])('has a runtime where its environment is %j', async (facts, runtime) => {
    const app = await startTestApp({ databaseUrl: await databases.create() });
    try {
      const imported = await importReport(await app.signedIn(), { environment: environment(facts) });
      expect(imported.environment.runtime).toBe(runtime);
    } finally {
      await app.close();
    }
  });

  it('is not called slower where other programs can explain it', async () => {
    const app = await startTestApp({ databaseUrl: await databases.create() });
    try {
      const client = await app.signedIn();
      const samples = (medianMs: number, otherCpuShare: number) =>
        samplesOf({ otherCpuShare }, around(medianMs));
      const baseline = await importReport(client, { samples: samples(100, 0) });
      const candidate = await importReport(client, { samples: samples(140, 0.3) });
      const ids = { baselineId: baseline.id, candidateIds: [candidate.id] };
      const [row] = (await client.get(COMPARE, ids)).compareBenchmarks.rows;
      expect(row).toMatchObject({ verdict: 'INCONCLUSIVE', doubt: { warning: 'BUSY_MACHINE' } });
      expect(row.doubt.meaning).toContain('30 % during the candidate');
      expect(row.ratioInterval.high).toBeLessThan(1);
    } finally {
      await app.close();
    }
  });
});

async function importReport(client: GraphQLClient, overrides: Partial<BenchmarkRecord>) {
  const file = { name: 'benchmark.json', bytes: new TextEncoder().encode(toJson(report(overrides))) };
  return dataOf(await client.send(IMPORT, { file: null }, { 'variables.file': file })).importBenchmark;
}
