import os from 'node:os';
import { toErrorData } from '../../errors.js';
import type { HostAnswer } from './host-process.js';

/** The process that asked. It may be gone by now, and then `process.ppid` is another one. */
export const PARENT_PID = Number(process.argv[2]);

/**
 * The other side of `askHost`: answers the one request of the parent and ends. Runs at a lower priority, so that
 * the server stays quick while every processor is busy.
 */
export function answerParent<Request, Value>(answer: (request: Request) => Promise<Value>): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it; the measurement is still right.
  }
  process.on('disconnect', () => process.exit());
  process.once('message', async (request: Request) => {
    const reply: HostAnswer<Value> = await answer(request).then(
      (value) => ({ status: 'DONE', value }),
      (error) => ({ status: 'FAILED', error: toErrorData(error) }),
    );
    process.send?.(reply, () => process.disconnect());
  });
}
