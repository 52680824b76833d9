import { toErrorData } from '../../errors.js';
import { freeMemory } from '../../imaging/pixels/free-memory.js';
import type { Storage } from '../../storage/storage.js';
import type { ComputeRequest } from '../compute.js';
import type { Executor, Task, TaskOutcome, TaskResult } from '../executor.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';
import type { FromHost, HostAnswer, HostCall, HostSettings, ToHost } from './compute-protocol.js';
import { FairScheduler, type ScheduledCall } from './fair-scheduler.js';
import { HostExecutors } from './host-executors.js';
import { type ImageCost, ImagePricing } from './image-cost.js';
import { pixelMemoryLimit } from './memory-estimate.js';
import { withTimeout } from './with-timeout.js';

/** Time limit for reading and writing storage, so that a hanging network store leaves no call pending. */
const STORAGE_TIMEOUT_MS = 120_000;
const tooSlow = (what: string) => () =>
  workerLost('TIMEOUT', `${what} took longer than ${STORAGE_TIMEOUT_MS} ms`);

/** Reading a header or a description: one task at a time, of few pixels. */
const ONE_SLOT: ImageCost = { slots: 1, memoryBytes: 0 };

type Done = Extract<TaskOutcome, { status: 'DONE' }>;

/** Steps of one kind of call on a stored file. */
interface Work {
  scheduler: FairScheduler;
  owner: string;
  key: string;
  cost: ImageCost;
  executor(): Promise<Executor>;
  task(bytes: Uint8Array): Task;
  answer(outcome: Done, id: number): Promise<HostAnswer>;
}

/**
 * The part of the compute host that answers calls: reads a source from storage, has a worker compute, writes the
 * result. Its own event loop never computes.
 */
export class ComputeHost {
  readonly #calls = new Map<number, { scheduler: FairScheduler; call: ScheduledCall }>();
  readonly #executors: HostExecutors;
  readonly #pricing: ImagePricing;
  readonly #images: FairScheduler;
  /** A separate worker reads headers, so that uploads do not wait for image processing. */
  readonly #headers = new FairScheduler(1, 2);
  /** Runs on the worker of the headers, one task at a time. */
  readonly #descriptions = new FairScheduler(1, 1);

  constructor(
    private readonly storage: Storage,
    private readonly settings: HostSettings,
    private readonly send: (message: FromHost) => void,
  ) {
    this.#pricing = new ImagePricing(settings);
    this.#images = new FairScheduler(
      this.#pricing.slots,
      settings.imagesInFlight,
      pixelMemoryLimit(settings.hostMemoryMb),
    );
    this.#executors = new HostExecutors(settings, () => send({ type: 'LEAVING', reason: 'STUCK' }));
  }

  receive(message: Extract<ToHost, { type: 'CALL' | 'CANCEL' }>): void {
    const { id } = message;
    const known = this.#calls.get(id);
    if (message.type === 'CANCEL') known?.scheduler.cancel(known.call);
    else
      this.#enqueue(
        id,
        message.call.kind === 'PROCESS'
          ? this.#imageWork(message.call.request)
          : message.call.kind === 'DESCRIBE'
            ? this.#descriptionWork(message.call)
            : this.#headerWork(message.call),
      );
  }

  stop(): Promise<void> {
    return this.#executors.stop();
  }

  #imageWork(request: ComputeRequest): Work {
    const { sourceKey, resultKey, durable, engine, operations, focalPoint, pool, owner } = request;
    const { imagingLimits: limits, taskTimeoutMs: timeLimitMs, imagesInFlight } = this.settings;
    return {
      scheduler: this.#images,
      owner,
      key: sourceKey,
      cost: this.#pricing.costOf(request),
      executor: () => this.#executors.get(pool ?? this.settings.pool, imagesInFlight),
      task: (bytes) => ({
        ...{ kind: 'IMAGE', bytes, engine, operations, limits, timeLimitMs },
        ...(focalPoint && { focalPoint }),
      }),
      answer: async ({ result, computeMs }, id) => {
        const { bytes, format, width, height, frames } = expectKind(result, 'IMAGE');
        this.send({ type: 'STORING', id });
        const writing = this.storage.write(resultKey, bytes, { durable });
        const { byteSize } = await withTimeout(writing, STORAGE_TIMEOUT_MS, tooSlow('Storing the result'));
        freeMemory(bytes);
        return { format, width, height, frames, byteSize, durationMs: computeMs };
      },
    };
  }

  #headerWork({ key, owner }: Extract<HostCall, { kind: 'INSPECT' }>): Work {
    return {
      scheduler: this.#headers,
      owner,
      key,
      cost: ONE_SLOT,
      executor: () => this.#executors.get('THREADS', 1, 'headers'),
      task: (bytes) => ({ kind: 'INSPECT', bytes, limits: this.settings.imagingLimits }),
      answer: async ({ result }) => expectKind(result, 'INSPECT').info,
    };
  }

  #descriptionWork({ key, owner }: Extract<HostCall, { kind: 'DESCRIBE' }>): Work {
    return {
      scheduler: this.#descriptions,
      owner,
      key,
      cost: ONE_SLOT,
      executor: () => this.#executors.get('THREADS', 1, 'headers'),
      task: (bytes) => ({ kind: 'DESCRIBE', bytes, limits: this.settings.imagingLimits }),
      answer: async ({ result }) => expectKind(result, 'DESCRIBE').description,
    };
  }

  #enqueue(id: number, work: Work): void {
    const { slots, memoryBytes, memoryLimitMb } = work.cost;
    const call: ScheduledCall = {
      ...{ owner: work.owner, slots, memoryBytes },
      read: async () => {
        const reading = this.storage.read(work.key);
        return withTimeout(reading, STORAGE_TIMEOUT_MS, tooSlow('Reading the source'));
      },
      compute: async (source, signal) => {
        const executor = await unlessCancelled(work.executor(), signal);
        this.send({ type: 'STARTED', id });
        const [outcome] = await executor.run([work.task(source)], {
          signal,
          memoryLimitMb,
          givesSources: true,
        });
        if (!outcome) throw new Error('expected one outcome for one task');
        return outcome;
      },
      finish: async (outcome) => {
        this.#calls.delete(id);
        if (outcome.status === 'DONE') await this.#answer(id, work.answer(outcome, id));
        else this.send({ type: 'FAILED', id, error: outcome.error });
      },
    };
    this.#calls.set(id, { scheduler: work.scheduler, call });
    work.scheduler.add(call);
  }

  async #answer(id: number, answer: Promise<HostAnswer>): Promise<void> {
    try {
      this.send({ type: 'DONE', id, answer: await answer });
    } catch (error) {
      this.send({ type: 'FAILED', id, error: toErrorData(error) });
    }
  }
}

/** Stops waiting when cancelled; the start of the pool continues for the next call. */
async function unlessCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const off = Promise.withResolvers<never>();
  const cancel = () => off.reject(cancelled());
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([promise, off.promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function expectKind<K extends TaskResult['kind']>(result: TaskResult, kind: K) {
  if (result.kind !== kind) throw new TypeError(`expected a result of kind ${kind}, got ${result.kind}`);
  return result as Extract<TaskResult, { kind: K }>;
}
