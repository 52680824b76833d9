import { expect, it } from '@jest/globals';
import { toJson } from '../../../src/benchmark/export/json.js';
import { report } from '../../benchmark/export/record.js';
import { environment } from '../../benchmark/samples.js';
import { dataOf } from '../../support/clients/graphql-client.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp } from '../../support/servers/test-app.js';

const IMPORT = `mutation ($file: Upload!) { importBenchmark(file: $file) { environment { nodeVersion runtime } } }`;

eachDatabase('an imported report', (databases) => {
  it.each([
    [{}, 'Node 24.1.0'],
    [{ nodeVersion: '' }, 'unknown'],
    [{ nodeVersion: '', runtime: 'CPython 3.14.0' }, 'CPython 3.14.0'],
  ])('has a runtime where its environment is %j', async (facts, runtime) => {
    const app = await startTestApp({ databaseUrl: await databases.create() });
    try {
      const bytes = new TextEncoder().encode(toJson(report({ environment: environment(facts) })));
      const file = { name: 'benchmark.json', bytes };
      const answer = await (await app.signedIn()).send(IMPORT, { file: null }, { 'variables.file': file });
      expect(dataOf(answer).importBenchmark.environment.runtime).toBe(runtime);
    } finally {
      await app.close();
    }
  });
});
