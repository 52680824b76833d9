import { AppError } from '../../errors.js';
import type { StepRunner } from '../../imaging/engine-info.js';
import type { Task, TaskResult } from '../executor.js';
import { noted } from './running-tasks.js';
import { causeText, loadTaskModule } from './task-module.js';

type UserTask = Extract<Task, { kind: 'USER' }>;

/** Modules whose `prepare` has been called in this thread, by URL. */
const prepared = new Map<string, Promise<(input: unknown) => unknown>>();

/**
 * Calls the function of a task module as one step, so that THREADS_LOCKED holds the lock for the whole task.
 *
 * @throws AppError PROCESSING_FAILED whose message continues the sentence "The task … failed: it …"
 */
export async function runUserTask({ module, input, index }: UserTask, step: StepRunner): Promise<TaskResult> {
  const run = await preparedTask(module);
  try {
    return { kind: 'USER', value: await step(() => noted(index, () => run(input))) };
  } catch (error) {
    throw new AppError('PROCESSING_FAILED', `it threw ${causeText(error)}`);
  }
}

/** Loads a module and calls its `prepare`, once for each thread or process. */
function preparedTask(module: string): Promise<(input: unknown) => unknown> {
  const known = prepared.get(module) ?? prepare(module);
  prepared.set(module, known);
  return known;
}

async function prepare(module: string): Promise<(input: unknown) => unknown> {
  const { run, prepare: prepareModule } = await loadTaskModule(module);
  try {
    await prepareModule?.();
  } catch (error) {
    throw new AppError('PROCESSING_FAILED', `its prepare() threw ${causeText(error)}`);
  }
  return run;
}
