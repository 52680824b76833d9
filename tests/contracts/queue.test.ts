import { LocalQueue } from '../../src/queue/local.queue.js';
import { eachDatabase } from '../support/database.js';
import { describeQueue } from './queue-suite.js';

eachDatabase('queues', (databases) => {
  describeQueue('LocalQueue', databases, async () => {
    const { fork, close } = await databases.open();
    return { queue: new LocalQueue(fork), fork, successor: async () => new LocalQueue(fork), close };
  });
});
