import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds, limited only by the test's timeout. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(5);
}
