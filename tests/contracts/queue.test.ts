import { LocalQueue } from '../../src/queue/local.queue.js';
import { PgBossQueue } from '../../src/queue/pg-boss.queue.js';
import { onPostgresql, openTestDatabase } from '../support/servers/database.js';
import { describeQueue } from './queue-suite.js';

const onError = (error: unknown) => {
  throw error;
};

describeQueue('LocalQueue', async () => {
  const { fork, close } = await openTestDatabase();
  const queue = new LocalQueue(fork);
  return { queue, other: queue, fork, close };
});

onPostgresql('shared', (databases) => {
  describeQueue('PgBossQueue', async () => {
    const url = await databases.create();
    const database = await openTestDatabase(url);
    const [queue, other] = await Promise.all([
      PgBossQueue.open(url, onError),
      PgBossQueue.open(url, onError),
    ]);
    const close = async () => {
      await Promise.all([queue.close(), other.close()]);
      await database.close();
    };
    return { queue, other, fork: database.fork, close };
  });
});
