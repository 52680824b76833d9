import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { toErrorData } from '../../errors.js';
import type { BenchmarkHostAnswer } from './ask-host.js';

/** The process that asked. It may be gone by now, and then `process.ppid` is another one. */
export const PARENT_PID = Number(process.argv[2]);

/**
 * The other side of `askHost`: answers the one request of the parent and ends. Runs at a lower priority, so that
 * the server stays quick while every processor is busy.
 */
export function answerParent<Request, Value>(answer: (request: Request) => Promise<Value>): void {
  standBack();
  process.on('disconnect', () => process.exit());
  process.once('message', async (request: Request) => {
    const reply: BenchmarkHostAnswer<Value> = await answer(request).then(
      (value) => ({ status: 'DONE', value }),
      (error) => ({ status: 'FAILED', error: toErrorData(error) }),
    );
    process.send?.(reply, () => process.disconnect());
  });
}

/**
 * Linux weighs sessions against each other, and niceness counts only within one (sched(7), the autogroup feature):
 * this process leads a session of its own, whose weight has to be lowered too.
 */
function standBack(): void {
  const { PRIORITY_BELOW_NORMAL } = os.constants.priority;
  for (const lower of [
    () => os.setPriority(PRIORITY_BELOW_NORMAL),
    () => writeFileSync('/proc/self/autogroup', String(PRIORITY_BELOW_NORMAL)),
  ]) {
    try {
      lower();
    } catch {
      // Forbidden by a sandbox, or another system: the measurement is right all the same.
    }
  }
}
