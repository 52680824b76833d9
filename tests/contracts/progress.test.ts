import { beforeAll } from '@jest/globals';
import { MemoryProgress } from '../../src/progress/memory.progress.js';
import { PostgresqlProgress } from '../../src/progress/postgresql.progress.js';
import { onPostgresql } from '../support/servers/database.js';
import { describeProgress } from './progress-suite.js';

describeProgress('MemoryProgress', async () => {
  const progress = new MemoryProgress();
  return { publisher: progress, subscriber: progress, close: () => progress.close() };
});

/** Interval at which subscribers would read again for no change, which on a slow machine would come between two. */
const NEVER_MS = 2 ** 30;

onPostgresql('shared', (databases) => {
  // Every subscriber of a database receives its notifications, those of a suite that runs beside this one too.
  let url: string;
  beforeAll(async () => {
    url = await databases.createEmpty();
  });

  describeProgress('PostgresqlProgress', async () => {
    const publisher = await PostgresqlProgress.connect(url);
    const subscriber = await PostgresqlProgress.connect(url, undefined, NEVER_MS);
    const close = async () => {
      await publisher.close();
      await subscriber.close();
    };
    return { publisher, subscriber, close };
  });
});
