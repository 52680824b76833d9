import { toErrorData } from '../../errors.js';
import { lowerPriority } from '../machine/lower-priority.js';
import type { ChildAnswer } from './ask-child.js';

/** The parent at the start; `process.ppid` changes when it has ended. */
export const PARENT_PID = Number(process.argv[2]);

/**
 * The child's side of `askChild`: answers the one request of the parent, then ends; ends immediately when the parent
 * ends, even while its threads compute.
 *
 * @param niceness nice value to which the priority is lowered, so that the server stays responsive while every
 * processor is busy
 */
export function answerParent<Request, Value>(
  niceness: number,
  answer: (request: Request) => Promise<Value>,
): void {
  lowerPriority(niceness);
  process.on('disconnect', () => process.exit());
  process.once('message', async (request: Request) => {
    const reply: ChildAnswer<Value> = await answer(request).then(
      (value) => ({ status: 'DONE', value }),
      (error) => ({ status: 'FAILED', error: toErrorData(error) }),
    );
    process.send?.(reply, () => process.disconnect());
  });
}
