import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FairMutex } from '../../scheduling/fair-mutex.js';

/** Maximum number of waiting analyses of one owner; with more, the last one would wait for more than a minute. */
const MAX_WAITING = 60;

/** One analysis at a time, owners in turn, to leave the processors to other work. */
const mutex = new FairMutex(MAX_WAITING, 'analyses');

/**
 * Runs a module in a thread of its own, so that the caller's event loop stays free. The module gets `request` as its
 * `workerData` and posts one message, the answer.
 *
 * @throws AppError SERVER_BUSY if too many analyses of the owner wait
 */
export function computeInThread<Answer>(owner: string, module: URL, request: object): Promise<Answer> {
  return mutex.run(owner, async () => {
    const thread = new Worker(module, { workerData: request });
    // Rejects when the thread emits an error.
    const [answer]: Answer[] = await once(thread, 'message');
    if (answer === undefined) throw new TypeError(`${module.pathname} sent no message`);
    return answer;
  });
}
