import { toErrorData } from '../../errors.js';
import { lowerPriority } from '../machine/lower-priority.js';
import type { ChildAnswer } from './ask-child.js';

/** The parent at the start; `process.ppid` changes when it has ended. */
export const PARENT_PID = Number(process.argv[2]);
const NICENESS = Number(process.argv[3]);

/**
 * The child's side of `askChild`: answers the one request of the parent, then ends; ends immediately when the parent
 * ends, even while its threads compute. Threads inherit the priority of the thread that starts them.
 */
export function answerParent<Request, Value>(answer: (request: Request) => Promise<Value>): void {
  if (NICENESS > 0) lowerPriority(NICENESS);
  process.on('disconnect', () => process.exit());
  process.once('message', async (request: Request) => {
    const reply: ChildAnswer<Value> = await answer(request).then(
      (value) => ({ status: 'DONE', value }),
      (error) => ({ status: 'FAILED', error: toErrorData(error) }),
    );
    process.send?.(reply, () => process.disconnect());
  });
}
