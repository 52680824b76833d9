import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds; the test's own time limit is the only one. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}
