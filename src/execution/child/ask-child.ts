import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type AppError, type ErrorData, fromErrorData } from '../../errors.js';
import { WORKER_FLAGS } from '../workers/worker-flags.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';

/** The one answer of a child process. */
export type ChildAnswer<T> = { status: 'DONE'; value: T } | { status: 'FAILED'; error: ErrorData };

export interface AskChildOptions {
  /** Used in error messages, such as "benchmark". */
  name: string;
  signal?: AbortSignal | undefined;
  timeoutMs: number;
  /** Nice value of the child, 0 to 19; above 0, the server stays responsive while every processor is busy. Default: 0. */
  niceness?: number | undefined;
  /** Default: empty, so that no secret of the server reaches a process that decodes images. */
  environment?: Readonly<Record<string, string>>;
  /** Makes the error of a child that ended without an answer from what it wrote to file descriptor 4, and how it ended. */
  onLost?: ((lastWords: string, how: string) => AppError) | undefined;
}

/**
 * Time in ms to wait for the end of a killed process group. It no longer computes, but freeing its memory takes time,
 * and the first process of a container may be slow to reap it.
 */
const GROUP_EXIT_MS = 500;
/** File descriptor of the pipe for last words. */
const LAST_WORDS = 4;

/**
 * Forks a module, sends it one request, and resolves with its answer. When the promise settles, the child and all
 * its descendants have ended, whatever happened. The module answers with `answerParent`.
 *
 * @throws AppError the error that the child answered with; CANCELLED when aborted; PROCESSING_FAILED (`retryable`)
 * with `reason` HOST_EXITED when it ended without an answer, or TIMEOUT.
 */
export async function askChild<T>(module: URL, request: unknown, options: AskChildOptions): Promise<T> {
  const { name, signal, timeoutMs, niceness = 0, environment = {}, onLost } = options;
  const why = () => cancelled(`The ${name} was cancelled`);
  if (signal?.aborted) throw why();
  // A process group of its own: it is killed with all its children, and Ctrl-C does not reach it.
  const child = fork(module, [String(process.pid), String(niceness)], {
    execArgv: [...WORKER_FLAGS],
    env: environment,
    serialization: 'advanced',
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc', ...(onLost ? (['pipe'] as const) : [])],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, by) => resolve(by ?? `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  const lastWords = onLost && text(child.stdio[LAST_WORDS] as Readable).catch(() => '');
  const settled = Promise.withResolvers<T>();
  const abort = () => settled.reject(why());
  const timer = setTimeout(
    () => settled.reject(workerLost('TIMEOUT', `The ${name} process took longer than ${timeoutMs} ms`)),
    timeoutMs,
  );
  signal?.addEventListener('abort', abort, { once: true });
  child.once('message', (answer: ChildAnswer<T>) => {
    if (answer.status === 'DONE') settled.resolve(answer.value);
    else settled.reject(fromErrorData(answer.error));
  });
  void ended.then(async (how) => {
    const lost = workerLost('HOST_EXITED', `The ${name} process ended without an answer`);
    settled.reject(onLost ? onLost((await lastWords) ?? '', how) : lost);
  });
  child.send(request as object, () => undefined);
  try {
    return await settled.promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await killGroup(child, ended);
  }
}

async function killGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (!signalGroup(pid, 'SIGKILL')) child.kill('SIGKILL');
  await ended;
  for (const deadline = Date.now() + GROUP_EXIT_MS; signalGroup(pid, 0) && Date.now() < deadline; ) {
    await delay(5);
  }
}

/** Returns false if the group has ended, or the system has no process groups. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
