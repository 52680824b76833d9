import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { startApp } from '../../../src/app/api-app.js';
import type { Overrides } from '../../../src/app/overrides.js';
import { type Config, loadConfig } from '../../../src/config.js';
import { createLogger } from '../../../src/process/logger.js';
import { expectNoSecrets } from '../checks/secrets.js';
import { GraphQLClient } from '../clients/graphql-client.js';
import { InProcessCompute } from '../fakes/in-process-compute.js';

/** The whole application on a port of its own, over a database in memory, without the compute host. */
export interface TestApp {
  url: string;
  mediaDir: string;
  /** What was logged, parsed, line by line. */
  log: Record<string, unknown>[];
  /** Sizes in bytes of the files in a folder of the storage and below it. */
  fileSizes(folder: string): Promise<number[]>;
  client(): GraphQLClient;
  /** A client that is signed in to a new account. */
  signedIn(): Promise<GraphQLClient>;
  close(): Promise<void>;
}

export async function startTestApp(
  changes: Partial<Config> = {},
  parts: Partial<Overrides> = {},
): Promise<TestApp> {
  const mediaDir = await mkdtemp(join(tmpdir(), 'nogil-bench-test-'));
  const config = loadConfig({
    DATABASE_URL: 'sqlite://:memory:',
    MEDIA_DIR: mediaDir,
    DATA_DIR: mediaDir,
    PORT: '0',
    DATABASE_WAIT_SECONDS: '200',
  });
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write: (line, _encoding, done) => {
      log.push(JSON.parse(String(line)));
      done();
    },
  });
  const app = await startApp(
    // The cost of production would only make the tests slow.
    {
      ...config,
      bcryptCost: 4,
      databaseListenUrl: changes.databaseUrl ?? config.databaseUrl,
      // Behind other suites, benchmarks would take long.
      benchmarkNiceness: 0,
      ...changes,
    },
    createLogger('info', lines),
    {
      startCompute: async ({ imaging }, _logger, storage, metrics) => {
        metrics.observePool({
          stats: () => ({ running: 0, waiting: 0, workers: 1, imagesInFlight: 1 }),
          usage: () => ({ rssBytes: 2 ** 28, cpuSeconds: 1.5 }),
        });
        return new InProcessCompute(storage, imaging);
      },
      // Other tests measure on this machine at the same time.
      turns: null,
      ...parts,
    },
  );
  const client = () => new GraphQLClient(app.url);
  return {
    url: app.url,
    mediaDir,
    log,
    fileSizes: async (folder) => {
      const entries = await readdir(join(mediaDir, folder), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      const files = entries.filter((entry) => entry.isFile());
      return Promise.all(
        files.map(({ parentPath, name }) =>
          stat(join(parentPath, name)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
    },
    client,
    signedIn: async () => {
      const signedIn = client();
      await signedIn.register();
      return signedIn;
    },
    close: async () => {
      await app.close();
      await rm(mediaDir, { recursive: true, force: true });
      expectNoSecrets(log.map((line) => JSON.stringify(line)).join('\n'));
    },
  };
}
