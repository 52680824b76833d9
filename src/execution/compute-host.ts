import { AppError, fromErrorData, toErrorData } from '../errors.js';
import type { Storage } from '../storage/storage.js';
import type { ComputeRequest } from './compute.js';
import { ComputeLane, type LaneJob } from './compute-lane.js';
import type { FromHost, HostAnswer, HostCall, HostSettings, ToHost } from './compute-protocol.js';
import { createExecutor } from './create-executor.js';
import type { Executor, Task, TaskOutcome, TaskResult } from './executor.js';
import type { ConcurrencyModel } from './model.js';
import { shareBytes } from './shared-bytes.js';

/**
 * The part of the compute host that answers calls: reads a source from storage, has a worker compute, writes the
 * result. Its own loop never touches a pixel.
 */
export class ComputeHost {
  readonly #jobs = new Map<number, LaneJob>();
  readonly #executors = new Map<string, Promise<Executor>>();
  readonly #pictures: ComputeLane;
  /** Headers are read by a worker of their own, so that an upload does not wait for somebody's picture. */
  readonly #headers = new ComputeLane(1, 2);

  constructor(
    private readonly storage: Storage,
    private readonly settings: HostSettings,
    private readonly send: (message: FromHost) => void,
  ) {
    this.#pictures = new ComputeLane(settings.workers, settings.workers);
  }

  receive(message: Extract<ToHost, { type: 'CALL' | 'CANCEL' }>): void {
    if (message.type === 'CALL') {
      this.#accept(message.id, message.call);
    } else {
      const job = this.#jobs.get(message.id);
      if (job) for (const lane of [this.#pictures, this.#headers]) lane.cancel(job);
    }
  }

  async stop(): Promise<void> {
    const executors = await Promise.allSettled(this.#executors.values());
    await Promise.all(executors.map((each) => each.status === 'fulfilled' && each.value.stop()));
  }

  #accept(id: number, call: HostCall): void {
    switch (call.kind) {
      case 'PROCESS':
        return this.#process(id, call.request);
      case 'INSPECT':
        return this.#inspect(id, call);
      case 'ENGINES':
        void this.#answer(id, this.#engines());
    }
  }

  #process(id: number, { sourceKey, resultKey, engine, operations, pool, owner }: ComputeRequest): void {
    const limits = this.settings.imagingLimits;
    this.#enqueue(this.#pictures, id, owner, sourceKey, {
      executor: () => this.#executor(pool ?? this.settings.pool, this.settings.workers),
      task: (bytes) => ({ kind: 'IMAGE', bytes, engine, operations, limits }),
      finish: async (outcome) => {
        const { result, computeMs } = done(outcome, 'IMAGE');
        const { byteSize } = await this.storage.write(resultKey, result.bytes);
        const { format, width, height } = result;
        return { format, width, height, frames: 1, byteSize, durationMs: computeMs };
      },
    });
  }

  #inspect(id: number, { key, owner }: { key: string; owner: string }): void {
    const limits = this.settings.imagingLimits;
    this.#enqueue(this.#headers, id, owner, key, {
      executor: () => this.#executor('THREADS', 1, 'headers'),
      task: (bytes) => ({ kind: 'INSPECT', bytes, limits }),
      finish: async (outcome) => done(outcome, 'INSPECT').result.info,
    });
  }

  /** A thread for this one question, so that no other has to load every engine. */
  async #engines(): Promise<HostAnswer> {
    const executor = await this.#executor('THREADS', 1, 'engines');
    const [outcome] = await executor.run([{ kind: 'ENGINES' }]);
    this.#executors.delete('engines');
    await executor.stop();
    return done(outcome, 'ENGINES').result.engines;
  }

  #enqueue(
    lane: ComputeLane,
    id: number,
    owner: string,
    key: string,
    work: {
      executor(): Promise<Executor>;
      task(bytes: Uint8Array): Task;
      finish(outcome: TaskOutcome | undefined): Promise<HostAnswer>;
    },
  ): void {
    const job: LaneJob = {
      owner,
      read: async () => shareBytes(await this.storage.read(key)),
      compute: async (source, signal) => {
        const executor = await work.executor();
        this.send({ type: 'STARTED', id });
        const [outcome] = await executor.run([work.task(source)], { signal });
        if (!outcome) throw new Error('One task has one outcome');
        return outcome;
      },
      finish: (outcome) => this.#answer(id, work.finish(outcome)),
    };
    this.#jobs.set(id, job);
    lane.add(job);
  }

  async #answer(id: number, answer: Promise<HostAnswer>): Promise<void> {
    try {
      this.send({ type: 'DONE', id, answer: await answer });
    } catch (error) {
      this.send({ type: 'FAILED', id, error: toErrorData(error) });
    } finally {
      this.#jobs.delete(id);
    }
  }

  /** Started at its first use, and again after it could not be started. */
  #executor(model: ConcurrencyModel, workers: number, name: string = model): Promise<Executor> {
    const { taskTimeoutMs, workerMemoryMb, hostMemoryMb, taskModule } = this.settings;
    const existing = this.#executors.get(name);
    if (existing) return existing;
    const executor = createExecutor(model, {
      workers,
      taskTimeoutMs,
      heapLimitMb: workerMemoryMb,
      memoryLimitMb: hostMemoryMb / workers,
      onStuck: () => this.send({ type: 'LEAVING', reason: 'STUCK' }),
      ...(taskModule && { taskModule: new URL(taskModule) }),
    });
    const starting = executor.start().then(() => executor);
    this.#executors.set(name, starting);
    starting.catch(() => this.#executors.delete(name));
    return starting;
  }
}

/** The result of a task of that kind; throws the error of one that failed. */
function done<K extends TaskResult['kind']>(outcome: TaskOutcome | undefined, kind: K) {
  if (outcome?.status === 'FAILED') throw fromErrorData(outcome.error);
  if (outcome?.result.kind !== kind) throw new AppError('INTERNAL_SERVER_ERROR', 'Not the result asked for');
  return { ...outcome, result: outcome.result as Extract<TaskResult, { kind: K }> };
}
