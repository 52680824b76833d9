/** A task module whose workers start slowly: they need longer than a cancelled call may take to answer. */
import { setTimeout as delay } from 'node:timers/promises';

export { runTask } from './faulty-task.js';

export const prepare = (): Promise<void> => delay(4_000);
