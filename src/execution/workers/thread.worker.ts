import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { FunctionThread } from 'threads';
import type { Task } from '../executor.js';
import { GlobalLock } from './global-lock.js';
import { isMovable, sourceOf } from './movable.js';
import { shareTask } from './shared-bytes.js';
import type { StartTaskWorker, TaskWorker, TaskWorkerEvents, TaskWorkerOptions } from './task-worker.js';
import type { RunInThread, ThreadData } from './thread-entry.js';
import { uncloneable } from './uncloneable.js';
import { workerLost } from './worker-lost.js';

/** The pool kills a worker that is not ready in time; threads.js, which cannot, gets a limit beyond that. */
const SPAWN_TIMEOUT_MS = 240_000;

const { spawn, Transfer } = loadThreads();

/**
 * threads.js installs SIGINT and SIGTERM handlers that end the process at once, which would cut a drain short. This
 * file, the only one that loads it, removes exactly those handlers.
 */
function loadThreads(): typeof import('threads') {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const threads = createRequire(import.meta.url)('threads');
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.off(signal, listener);
    }
  }
  return threads;
}

let lastHolder = 0;

/** Returns a function that starts a threads.js thread; with `lock`, the thread holds that lock during CPU-bound steps. */
export function threadStarter(options: TaskWorkerOptions, lock?: SharedArrayBuffer): StartTaskWorker {
  return (events) => {
    const holder = ++lastHolder;
    const waiting = GlobalLock.memory();
    const data: ThreadData = {
      taskModule: options.taskModule.href,
      preload: options.preload,
      ...(lock && { lock: { memory: lock, holder, waiting } }),
    };
    const worker = new SpawnableWorker(new URL('./thread-entry.js', import.meta.url), {
      workerData: data,
      ...(options.heapLimitMb && { resourceLimits: { maxOldGenerationSizeMb: options.heapLimitMb } }),
      execArgv: [],
    });
    if (lock) worker.once('exit', () => GlobalLock.abandon(lock, holder));
    return new ThreadWorker(worker, waiting, events);
  };
}

class ThreadWorker implements TaskWorker {
  readonly #worker: SpawnableWorker;
  readonly #exited: Promise<void>;
  readonly #waiting: Int32Array;
  #call: FunctionThread<Parameters<RunInThread>, Awaited<ReturnType<RunInThread>>> | undefined;

  constructor(worker: SpawnableWorker, waiting: SharedArrayBuffer, events: TaskWorkerEvents) {
    this.#worker = worker;
    this.#waiting = new Int32Array(waiting);
    let failure: (Error & { code?: string }) | undefined;
    worker.once('error', (error: Error) => {
      failure = error;
    });
    this.#exited = new Promise((resolve) => {
      worker.once('exit', (code) => {
        // Settles `spawn`, whose timer would otherwise keep the process alive.
        if (!this.#call) worker.emitMessage({ type: 'init', exposed: { type: 'function' } });
        resolve();
        if (failure?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
          events.onEnd(workerLost('OUT_OF_MEMORY', 'The worker ran out of memory'));
        } else {
          // A crashed process writes the reason to standard error; for a thread this code does. Not sent to clients.
          if (failure) console.error(failure);
          events.onEnd(workerLost('WORKER_EXITED', `The worker thread ended: exit code ${code}`));
        }
      });
    });
    spawn<RunInThread>(worker as unknown as Parameters<typeof spawn>[0], { timeout: SPAWN_TIMEOUT_MS }).then(
      (thread) => {
        if (worker.threadId === -1) return;
        this.#call = thread;
        events.onReady();
      },
      () => worker.terminate(),
    );
  }

  get blocked(): boolean {
    return Atomics.load(this.#waiting, 0) === 1;
  }

  async run(...[task, { givesSources }]: Parameters<TaskWorker['run']>) {
    if (!this.#call) throw new Error('The thread is not ready');
    // A result that cannot be sent comes back as the error of the attempt.
    const sent = givesSources ? moved(task) : shareTask(task);
    return this.#call(sent).catch(uncloneable);
  }

  async kill(): Promise<void> {
    this.#worker.terminate();
    await this.#exited;
  }
}

/** The task with the memory of its source, where that is possible; otherwise with a copy of it. */
function moved(task: Task): Task {
  const source = sourceOf(task);
  if (!source || !isMovable(source)) return task;
  // threads.js unpacks it; its types know only what the thread receives.
  return Transfer(task, [source.buffer as ArrayBuffer]) as unknown as Task;
}

/** Node's Worker with the two methods that threads.js needs. (The Worker of threads.js itself is never freed.) */
class SpawnableWorker extends Worker {
  readonly #listeners = new Set<(event: { data: unknown }) => void>();

  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    this.on('message', (data) => this.emitMessage(data));
  }

  emitMessage(data: unknown): void {
    for (const listener of this.#listeners) listener({ data });
  }

  addEventListener(event: string, listener: (event: { data: unknown }) => void): void {
    if (event === 'message') this.#listeners.add(listener);
  }

  removeEventListener(_event: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.delete(listener);
  }
}
