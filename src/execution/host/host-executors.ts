import type { Executor } from '../executor.js';
import type { ConcurrencyModel } from '../model.js';
import { createExecutor } from '../models/create-executor.js';
import type { HostSettings } from './compute-protocol.js';

/** Executors of a compute host. Each is started at its first use, and again after a failed start. */
export class HostExecutors {
  readonly #byName = new Map<string, Promise<Executor>>();

  constructor(
    private readonly settings: HostSettings,
    private readonly onStuck: () => void,
  ) {}

  get(model: ConcurrencyModel, workers: number, name: string = model): Promise<Executor> {
    const existing = this.#byName.get(name);
    if (existing) return existing;
    const starting = this.#start(model, workers);
    this.#byName.set(name, starting);
    starting.catch(() => this.#byName.delete(name));
    return starting;
  }

  async stop(): Promise<void> {
    const executors = await Promise.allSettled(this.#byName.values());
    await Promise.all(executors.map((each) => each.status === 'fulfilled' && each.value.stop()));
  }

  async #start(model: ConcurrencyModel, workers: number): Promise<Executor> {
    const { taskTimeoutMs, workerMemoryMb, taskModule } = this.settings;
    const executor = createExecutor(model, {
      workers,
      taskTimeoutMs,
      heapLimitMb: workerMemoryMb,
      onStuck: this.onStuck,
      ...(taskModule && { taskModule: new URL(taskModule) }),
    });
    await executor.start();
    return executor;
  }
}
