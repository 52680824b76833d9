import type { Cell } from '../../src/benchmark/cell.js';
import { type MeterFigures, measureSample } from '../../src/benchmark/measure/measure.js';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';
import type { Executor, Task, TaskOutcome } from '../../src/execution/executor.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';

/** Time that each task takes. */
export interface VirtualWork {
  taskMs: number;
  lockWaitMs?: number;
  /** Time that dispatch adds to each task. */
  dispatchMs?: number;
  /** Outcome of the tasks. */
  value?: number;
  figures?: Partial<MeterFigures>;
}

/** An executor that takes the given time, on a clock that only it advances. */
class VirtualExecutor implements Executor {
  nowMs = 0;
  readonly batches: (readonly Task[])[] = [];
  stopped = false;

  constructor(
    readonly model: Executor['model'],
    readonly workers: number,
    private readonly work: VirtualWork,
  ) {}

  async start(): Promise<{ startupMs: number }> {
    return { startupMs: 40 };
  }

  async run(tasks: readonly Task[]): Promise<TaskOutcome[]> {
    this.batches.push(tasks);
    const { dispatchMs = 0, value = 1 } = this.work;
    const lanes = this.model === 'SYNC' ? 1 : this.workers;
    const submittedAtMs = this.nowMs;
    return tasks.map((task, index): TaskOutcome => {
      const { taskMs: computeMs, lockWaitMs = 0 } = task.kind === 'EMPTY' ? { taskMs: 0 } : this.work;
      this.nowMs += (computeMs + lockWaitMs) / lanes + dispatchMs;
      return {
        status: 'DONE',
        result: { kind: 'FIBONACCI', value },
        waitMs: 0,
        lockWaitMs,
        computeMs,
        worker: index % lanes,
        submittedAtMs,
        startedAtMs: this.nowMs - computeMs - lockWaitMs,
      };
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }
}

/** Figures of a quiet machine. */
export const meterFigures = (overrides: Partial<MeterFigures> = {}): MeterFigures => ({
  cpuMs: 200,
  cpuPerCoreMs: [100, 100],
  peakRssBytes: 100 * 2 ** 20,
  eventLoopDelayP99Ms: 1,
  eventLoopUtilization: 0.1,
  otherCpuShare: 0,
  throttledMs: null,
  eventLoopDelaysMs: [0.1, 0.2],
  ...overrides,
});

/** A sample as the benchmark host measures it, with virtual time in place of real work. */
export async function virtualSample(cell: Cell, repetition: number, work: VirtualWork) {
  const executor = new VirtualExecutor(cell.model, cell.workers, work);
  const task: Task = cell.engine
    ? {
        kind: 'IMAGE',
        bytes: new Uint8Array(),
        engine: cell.engine,
        operations: [],
        limits: DEFAULT_IMAGING_LIMITS,
      }
    : { kind: 'FIBONACCI', n: 1 };
  const tasks: Task[] = new Array(cell.imageCount).fill(task);
  const meters = { begin: async () => undefined, end: async () => meterFigures(work.figures) };
  const measurement = await measureSample(executor, tasks, meters, () => executor.nowMs);
  const landed: BenchmarkSample = { ...measurement, ...cell, repetition };
  return { landed, executor };
}
