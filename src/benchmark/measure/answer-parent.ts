import os from 'node:os';
import { toErrorData } from '../../errors.js';
import { lowerPriority } from '../../execution/machine/lower-priority.js';
import type { BenchmarkHostAnswer } from './ask-host.js';

/** The process that asked. It may be gone by now, and then `process.ppid` is another one. */
export const PARENT_PID = Number(process.argv[2]);

/**
 * The other side of `askHost`: answers the one request of the parent and ends. Runs at a lower priority, so that
 * the server stays quick while every processor is busy.
 */
export function answerParent<Request, Value>(answer: (request: Request) => Promise<Value>): void {
  lowerPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  process.on('disconnect', () => process.exit());
  process.once('message', async (request: Request) => {
    const reply: BenchmarkHostAnswer<Value> = await answer(request).then(
      (value) => ({ status: 'DONE', value }),
      (error) => ({ status: 'FAILED', error: toErrorData(error) }),
    );
    process.send?.(reply, () => process.disconnect());
  });
}
