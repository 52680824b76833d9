import { existsSync, statSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { probeTask } from '../../benchmark/measure/probe-task.js';
import { AppError } from '../../errors.js';
import type { OwnTask } from './own-server.js';

/** A batch takes about this long under SYNC where the number of its tasks is not given. */
const BATCH_MS = 250;
/** Fewer tasks would leave workers idle. */
const MIN_TASKS = 8;
const MAX_TASKS = 1_000;

/** The task of a file. @throws AppError BAD_USER_INPUT where there is no such file */
export function taskOfFile(path: string): OwnTask {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile())
    throw AppError.badInput('--task', `there is no file ${path}`);
  // A name that a folder of tasks offers.
  const name =
    parse(file)
      .name.replace(/[^\w.-]/g, '-')
      .replace(/^[._]+/, '') || 'task';
  return { name, module: pathToFileURL(file).href };
}

/** Tries a task, and returns the number of tasks for a batch: each input equally often, for long enough to be timed. */
export async function batchSize(task: OwnTask): Promise<number> {
  const { inputs, taskMs } = await probeTask(task);
  const rounds = Math.max(1, Math.ceil(MIN_TASKS / inputs), Math.ceil(BATCH_MS / (taskMs * inputs)));
  return Math.max(inputs, Math.min(rounds, Math.floor(MAX_TASKS / inputs)) * inputs);
}
