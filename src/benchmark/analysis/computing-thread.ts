import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FairMutex } from '../../scheduling/fair-mutex.js';

/** Of one owner; beyond that the last one would wait for a minute and more. */
const MAX_WAITING = 60;

/** One after another, owners in turn: the processors are for other work. */
const mutex = new FairMutex(MAX_WAITING, 'analyses');

/**
 * Runs a module in a thread of its own, so that the loop of the caller stays free: it is given `request` as its
 * `workerData` and posts one message, which is the answer. SERVER_BUSY where too many of the owner wait.
 */
export function computeInThread<Answer>(owner: string, module: URL, request: object): Promise<Answer> {
  return mutex.run(owner, async () => {
    const thread = new Worker(module, { workerData: request });
    // Rejects when the thread emits an error.
    const [answer]: Answer[] = await once(thread, 'message');
    if (answer === undefined) throw new TypeError(`${module.pathname} sent nothing`);
    return answer;
  });
}
