import { AppError } from '../../errors.js';
import { askChild } from '../../execution/child/ask-child.js';
import { computeEnvironment } from '../../execution/machine/compute-environment.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { Cell } from '../cell.js';
import type { TracedMeasurement } from '../sample.js';
import type { BenchmarkWork, SampleRunner } from '../sample-runner.js';
import type { HostRequest } from './benchmark-host.js';
import type { LastWords } from './task-watch.js';
import { UserTaskReference } from './user-task-reference.js';

const BENCHMARK_HOST = new URL('./benchmark-host.js', import.meta.url);

/** Node's remarks on how a file was loaded would go to the log of the server, once for each worker. */
export const TASK_ENVIRONMENT = {
  NODE_OPTIONS: '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON --disable-warning=ExperimentalWarning',
};

export interface HostOptions {
  /** Milliseconds that one sample may take; default: 15 minutes. */
  timeoutMs?: number;
  /** Nice value of the processes that measure; default: 0. */
  niceness?: number;
}

/** Measures every sample in a fresh process, which shares no heap, compiled code or pool with another sample. */
export class HostSampleRunner implements SampleRunner {
  readonly #reference: UserTaskReference | undefined;

  constructor(
    private readonly work: BenchmarkWork,
    private readonly options: HostOptions = {},
  ) {
    if (work.workload === 'TASK') this.#reference = new UserTaskReference(work.name);
  }

  async measure(cell: Cell, { signal }: { signal?: AbortSignal } = {}): Promise<TracedMeasurement> {
    const { work } = this;
    const { timeoutMs = 15 * 60_000, niceness } = this.options;
    const request: HostRequest = { cell, work };
    const measurement = await askChild<TracedMeasurement>(BENCHMARK_HOST, request, {
      name: 'benchmark',
      timeoutMs,
      niceness,
      signal,
      environment: computeEnvironment(cell.workers),
      ...(work.workload === 'TASK' && {
        environment: { ...computeEnvironment(cell.workers), ...TASK_ENVIRONMENT },
        onLost: (said, how) => lostUserTask(work.name, cell.model, said, how),
      }),
    });
    return this.#reference ? this.#reference.compared(cell, measurement) : measurement;
  }
}

/** Not retryable: a task that has ended its host will do so again. */
export function lostUserTask(name: string, model: ConcurrencyModel, said: string, how: string): AppError {
  const [line = ''] = said.split('\n', 1);
  const { why, input }: LastWords =
    line === '' ? { why: `it ended the process that measures it (${how})`, input: null } : JSON.parse(line);
  const where = input === null ? '' : ` on inputs[${input}]`;
  return new AppError('PROCESSING_FAILED', `Task ${name} failed${where} under ${model}: ${why}`);
}
