import { expect, it } from '@jest/globals';
import {
  BenchmarkProgressDocument,
  RunBenchmarkDocument,
  type RunBenchmarkInput,
} from '../../src/cli/generated/graphql.js';
import { ownClient } from '../../src/cli/run/api-client.js';
import { startOwnServer } from '../../src/cli/run/own-server.js';

it('fails a subscription when the process of the server ends, and does not wait for its return', async () => {
  const server = await startOwnServer();
  try {
    const client = await ownClient(server);
    const input: RunBenchmarkInput = { workload: 'FIBONACCI', models: ['SYNC'], repetitions: 50 };
    const { id } = (await client.request(RunBenchmarkDocument, { input })).runBenchmark;
    const events = client.subscribe(BenchmarkProgressDocument, { id });
    await events.next();
    process.kill(server.pid, 'SIGKILL');
    const rest = async () => {
      for await (const _event of events);
    };
    await expect(rest()).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'The process that measures ended unexpectedly: SIGKILL',
    });
  } finally {
    await server.close();
  }
});
