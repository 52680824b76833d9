import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Task } from '../executor.js';
import { residentBytes } from './resident-memory.js';
import type { TaskReport } from './run-task.js';
import type {
  StartTaskWorker,
  TaskOptions,
  TaskWorker,
  TaskWorkerEvents,
  TaskWorkerOptions,
} from './task-worker.js';
import { WORKER_FLAGS } from './worker-flags.js';
import { workerLost } from './worker-lost.js';

/** Interval at which the memory of a busy process is checked. */
const MEMORY_CHECK_MS = 200;

/** Returns a function that starts a worker process. */
export function processStarter(options: TaskWorkerOptions): StartTaskWorker {
  return (events) => {
    const entry = fileURLToPath(new URL('./process-entry.js', import.meta.url));
    const child = fork(entry, [options.taskModule.href, ...options.preload], {
      // The default, JSON, is about a hundred times slower for image bytes.
      serialization: 'advanced',
      execArgv: [
        // The flags of this process, so that the models differ in nothing else, and the worker flags that it lacks.
        ...process.execArgv,
        ...WORKER_FLAGS.filter((flag) => !process.execArgv.includes(flag)),
        ...(options.heapLimitMb ? [`--max-old-space-size=${options.heapLimitMb}`] : []),
      ],
      stdio: ['ignore', 'ignore', options.stderr ?? 'inherit', 'ipc'],
    });
    return new ProcessWorker(child, events, options.memoryLimitMb);
  };
}

class ProcessWorker implements TaskWorker {
  readonly blocked = false;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #answer: ((report: TaskReport) => void) | undefined;
  /** Of the running task, in bytes. */
  #memoryLimit = Number.POSITIVE_INFINITY;

  constructor(
    child: ChildProcess,
    events: TaskWorkerEvents,
    private readonly memoryLimitMb = Number.POSITIVE_INFINITY,
  ) {
    this.#child = child;
    let tooLarge = false;
    const watch = setInterval(() => {
      if (!this.#answer || (residentBytes(child.pid ?? 0) ?? 0) <= this.#memoryLimit) return;
      tooLarge = true;
      child.kill('SIGKILL');
    }, MEMORY_CHECK_MS);
    this.#exited = new Promise((resolve) => {
      let ended = false;
      const end = (why: string, outOfMemory = false) => {
        if (ended) return;
        ended = true;
        clearInterval(watch);
        resolve();
        events.onEnd(
          outOfMemory
            ? workerLost('OUT_OF_MEMORY', 'The worker ran out of memory')
            : workerLost('WORKER_EXITED', `The worker process ended: ${why}`),
        );
      };
      // V8 aborts a process whose heap is full.
      child.once('exit', (code, signal) =>
        end(signal ?? `exit code ${code}`, tooLarge || signal === 'SIGABRT'),
      );
      // Without a process id the start failed, and no `exit` event follows.
      child.on('error', (error) => child.pid ?? end(error.message));
    });
    child.on('message', (message: 'READY' | TaskReport) => {
      if (message === 'READY') return events.onReady();
      const answer = this.#answer;
      this.#answer = undefined;
      answer?.(message);
    });
  }

  run(task: Task, { memoryLimitMb = this.memoryLimitMb }: TaskOptions): Promise<TaskReport> {
    this.#memoryLimit = memoryLimitMb * 2 ** 20;
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      // A closed channel means that the worker has ended; the `exit` event reports it.
      this.#child.send(task, (error) => error && this.#child.connected && reject(error));
    });
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
