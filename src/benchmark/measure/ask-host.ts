import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorData, fromErrorData } from '../../errors.js';
import { WORKER_FLAGS } from '../../execution/workers/worker-flags.js';
import { cancelled, workerLost } from '../../execution/workers/worker-lost.js';

/** What a host process answers, once. */
export type BenchmarkHostAnswer<T> = { status: 'DONE'; value: T } | { status: 'FAILED'; error: ErrorData };

export interface BenchmarkHostOptions {
  signal?: AbortSignal;
  timeoutMs: number;
  /** Left out: none, so that no secret of the server reaches a process that decodes pictures. */
  environment?: Readonly<Record<string, string>>;
}

const CANCELLED = 'The benchmark was cancelled';

/**
 * How long to wait for the rest of a killed group. None of it computes any more; it may take a moment to give its
 * memory back, and longer to be reaped where the first process of a container is not quick at that.
 */
const GROUP_GONE_MS = 500;

/**
 * Forks a module, sends it the request, and resolves with its answer. When this settles, the process and all of
 * its descendants are gone, whatever happened.
 *
 * @throws AppError what the host answered; CANCELLED when aborted; PROCESSING_FAILED (`retryable`) when it ended
 * without an answer, or gave none in time.
 */
export async function askHost<T>(module: URL, request: unknown, options: BenchmarkHostOptions): Promise<T> {
  const { signal, timeoutMs, environment = {} } = options;
  if (signal?.aborted) throw cancelled(CANCELLED);
  // A group of its own, so that it can be killed with all its children, and Ctrl-C does not reach it.
  const host = fork(module, [String(process.pid)], {
    execArgv: [...WORKER_FLAGS],
    env: environment,
    serialization: 'advanced',
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    host.once('exit', () => resolve());
    host.once('error', () => resolve());
  });
  const settled = Promise.withResolvers<T>();
  const abort = () => settled.reject(cancelled(CANCELLED));
  const timer = setTimeout(
    () => settled.reject(workerLost('TIMEOUT', `The benchmark host took longer than ${timeoutMs} ms`)),
    timeoutMs,
  );
  signal?.addEventListener('abort', abort, { once: true });
  host.once('message', (answer: BenchmarkHostAnswer<T>) => {
    if (answer.status === 'DONE') settled.resolve(answer.value);
    else settled.reject(fromErrorData(answer.error));
  });
  void ended.then(() =>
    settled.reject(workerLost('HOST_EXITED', 'The benchmark host ended without an answer')),
  );
  host.send(request as object, () => undefined);
  try {
    return await settled.promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await killGroup(host, ended);
  }
}

async function killGroup(host: ChildProcess, ended: Promise<void>): Promise<void> {
  const { pid } = host;
  if (pid === undefined) return;
  if (!signalGroup(pid, 'SIGKILL')) host.kill('SIGKILL');
  await ended;
  for (const deadline = Date.now() + GROUP_GONE_MS; signalGroup(pid, 0) && Date.now() < deadline; ) {
    await delay(5);
  }
}

/** False where there is no such group, any more or on this system. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
