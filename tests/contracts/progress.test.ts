import { MemoryProgress } from '../../src/progress/memory.progress.js';
import { PostgresqlProgress } from '../../src/progress/postgresql.progress.js';
import { serverUrl } from '../support/servers/postgres-databases.js';
import { describeProgress } from './progress-suite.js';

describeProgress('MemoryProgress', async () => {
  const progress = new MemoryProgress();
  return { publisher: progress, subscriber: progress, close: () => progress.close() };
});

describeProgress('PostgresqlProgress', async () => {
  const publisher = await PostgresqlProgress.connect(serverUrl().href);
  const subscriber = await PostgresqlProgress.connect(serverUrl().href);
  const close = async () => {
    await publisher.close();
    await subscriber.close();
  };
  return { publisher, subscriber, close };
});
