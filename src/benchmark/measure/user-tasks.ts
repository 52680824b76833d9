import { createHash } from 'node:crypto';
import { AppError, type ErrorData } from '../../errors.js';
import type { Task, TaskResult } from '../../execution/executor.js';
import { MODELS } from '../../execution/model.js';
import { notedLoading } from '../../execution/tasks/running-tasks.js';
import { inputsOf, loadTaskModule } from '../../execution/tasks/task-module.js';
import { valueHash } from '../../execution/tasks/value-hash.js';
import type { Cell } from '../cell.js';
import type { UserTaskHashes } from '../sample.js';
import type { BenchmarkWork } from '../sample-runner.js';
import { USER_TASK_TIMEOUT_MS } from './task-watch.js';

type TaskWork = Extract<BenchmarkWork, { workload: 'TASK' }>;

/** Digits of the hash of one result: enough to compare at most 10,000. */
const SHORT_HASH = 16;
/** A share in floating point may be slightly less than its decimal value. */
const ROUNDING = 1e-9;

/** Tasks of one batch that call the user's function, and the checks after the run. */
export class UserTasks {
  private constructor(
    private readonly cell: Cell,
    private readonly work: TaskWork,
    private readonly inputs: readonly unknown[],
    private readonly inputHashes: readonly string[],
  ) {}

  /** Loads the module and its inputs. @throws AppError PROCESSING_FAILED in one sentence */
  static async load(cell: Cell, work: TaskWork): Promise<UserTasks> {
    try {
      const inputs = await notedLoading(async () => inputsOf(await loadTaskModule(work.module)));
      return new UserTasks(cell, work, inputs, inputs.map(hashOfInput));
    } catch (error) {
      throw error instanceof AppError ? named(error, work) : error;
    }
  }

  /** Number of inputs. */
  get size(): number {
    return this.inputs.length;
  }

  /** The inputs in turn. With a sweep over LOCK_SHARE, that share of the tasks holds the lock. */
  tasks(imageCount = this.cell.imageCount): Task[] {
    const { sweep } = this.cell;
    const share = sweep?.axis === 'LOCK_SHARE' ? sweep.value : 1;
    return Array.from({ length: imageCount }, (_, position): Task => {
      const index = position % this.inputs.length;
      const holds = Math.floor((position + 1) * share + ROUNDING) > Math.floor(position * share + ROUNDING);
      return {
        kind: 'USER',
        module: this.work.module,
        input: this.inputs[index],
        index,
        lockShare: holds ? 1 : 0,
      };
    });
  }

  /** The error of a task in one sentence that names task, model and input. */
  failure(error: ErrorData, task: Task | undefined): AppError {
    const index = error.details?.input ?? (task?.kind === 'USER' ? task.index : undefined);
    const input = typeof index === 'number' ? ` on inputs[${index}]` : '';
    const { reason } = error.details ?? {};
    const what = typeof reason === 'string' ? this.#lossText(reason, error.message) : error.message;
    return named(new AppError('PROCESSING_FAILED', what), this.work, `${input} under ${this.cell.model}`);
  }

  /**
   * Compares the inputs with those before the run, and hashes the results.
   *
   * @throws AppError PROCESSING_FAILED where the task changed an input that it shares with the next batch
   */
  hashes(results: readonly TaskResult[]): UserTaskHashes {
    if (!MODELS[this.cell.model].startsWorkers) this.#rejectChanged();
    const inputs = createHash('sha256').update(this.inputHashes.join()).digest('hex');
    return {
      inputs,
      results: results
        .slice(0, this.inputs.length)
        .map((result, index) => (result.kind === 'USER' ? this.#hashOfResult(result.value, index) : '')),
    };
  }

  #hashOfResult(value: unknown, index: number): string {
    try {
      return valueHash(value).slice(0, SHORT_HASH);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw named(error, this.work, ` on inputs[${index}] under ${this.cell.model}`);
    }
  }

  /** How a worker was lost, as the end of a sentence. */
  #lossText(reason: string, message: string): string {
    switch (reason) {
      case 'WORKER_EXITED':
        return `it ended its thread or process (${message})`;
      case 'OUT_OF_MEMORY':
        return 'it ran out of memory';
      case 'TIMEOUT':
        return `it took longer than ${(this.work.timeoutMs ?? USER_TASK_TIMEOUT_MS) / 1000} s`;
      default:
        return message;
    }
  }

  #rejectChanged(): void {
    const changed = this.inputs.findIndex(
      (input, index) => hashOfInput(input, index) !== this.inputHashes[index],
    );
    if (changed < 0) return;
    const message =
      'it changes its input, which later runs get again; make it work on a copy, such as structuredClone(input)';
    throw named(
      new AppError('PROCESSING_FAILED', message),
      this.work,
      ` on inputs[${changed}] under ${this.cell.model}`,
    );
  }
}

function hashOfInput(input: unknown, index: number): string {
  try {
    return valueHash(input);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const why = error.message.replace(/^.*?: result/, `inputs[${index}]`);
    throw new AppError('PROCESSING_FAILED', `an input cannot be copied to another thread or process: ${why}`);
  }
}

/** Completes a message to "Task sieve failed on inputs[3] under THREADS: it threw …". */
export function named(error: AppError, { name }: Pick<TaskWork, 'name'>, where = ''): AppError {
  return new AppError(error.code, `Task ${name} failed${where}: ${error.message}`);
}
