/** A task module whose workers take their time to start: longer than a call that was called off may take to answer. */
import { setTimeout as delay } from 'node:timers/promises';

export { runTask } from './faulty-task.js';

export const prepare = (): Promise<void> => delay(4_000);
