import type { TaskOutcome } from '../../execution/executor.js';

/** The outcome of a task that succeeded. */
export type DoneOutcome = Extract<TaskOutcome, { status: 'DONE' }>;
