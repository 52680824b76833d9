import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { AppError } from '../errors.js';

/** Beyond that the last one would wait for a minute and more. */
const MAX_WAITING = 60;
const RETRY_AFTER_MS = 10_000;

/** One after another, whoever asks: the processors are for other work. */
const oneAtATime = pLimit(1);

/**
 * Runs a module in a thread of its own, so that the loop of the caller stays free: it is given `request` as its
 * `workerData` and posts one message, which is the answer. SERVER_BUSY where too many wait.
 */
export async function computeInThread<Answer>(module: URL, request: object): Promise<Answer> {
  if (oneAtATime.pendingCount >= MAX_WAITING) {
    const message = 'Too many analyses wait; try again in a few seconds';
    throw new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS });
  }
  return oneAtATime(async () => {
    const thread = new Worker(module, { workerData: request });
    // Rejects when the thread emits an error.
    const [answer]: Answer[] = await once(thread, 'message');
    if (answer === undefined) throw new TypeError(`${module.pathname} sent nothing`);
    return answer;
  });
}
