import type { ErrorData } from '../../errors.js';
import type { Task, TaskOutcome } from '../executor.js';
import { monotonicMs } from '../workers/clock.js';
import type { TaskReport } from '../workers/run-task.js';
import type { TaskOptions } from '../workers/task-worker.js';

/** A task submitted to an executor. Settles once; later reports are ignored. */
export class PendingTask {
  readonly outcome: Promise<TaskOutcome>;
  readonly #submittedAtMs = monotonicMs();
  #settle: (outcome: TaskOutcome) => void = () => undefined;
  #settled = false;

  constructor(
    readonly task: Task,
    onSettled: (outcome: TaskOutcome) => void,
    readonly options: TaskOptions = {},
  ) {
    this.outcome = new Promise((resolve) => {
      this.#settle = (outcome) => {
        if (this.#settled) return;
        this.#settled = true;
        resolve(outcome);
        onSettled(outcome);
      };
    });
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** @param worker number of the worker, from 0 */
  report(report: TaskReport, worker: number): void {
    if (report.status === 'FAILED') {
      this.fail(report.error);
    } else {
      const { result, startedAtMs, lockWaitMs, computeMs } = report;
      const submittedAtMs = this.#submittedAtMs;
      const waitMs = startedAtMs - submittedAtMs;
      this.#settle({
        status: 'DONE',
        result,
        waitMs,
        lockWaitMs,
        computeMs,
        worker,
        submittedAtMs,
        startedAtMs,
      });
    }
  }

  fail(error: ErrorData): void {
    this.#settle({ status: 'FAILED', error });
  }
}
