import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../errors.js';
import { currentFolder, reachLocalhostDirectly, temporaryFolder } from './process-environment.js';

export interface OwnServer {
  url: string;
  pid: number;
  /** Aborts when the process has ended, with an AppError that says how. */
  ended: AbortSignal;
  /** Stops the server and removes its folder. */
  close(): Promise<void>;
}

const ENTRY = fileURLToPath(new URL('./own-server-entry.js', import.meta.url));

/** A benchmark may take longer than the default lifetime of a token. */
const DAY_SECONDS = '86400';

/** A module that the server is to offer as a task. */
export interface OwnTask {
  name: string;
  /** URL of the file. */
  module: string;
}

/** Starts the server on a temporary folder and a free port. */
export async function startOwnServer(task?: OwnTask): Promise<OwnServer> {
  reachLocalhostDirectly();
  // At once, so that no Ctrl-C comes between this and `abandon`.
  const folder = createFolder();
  const child = forkServer(folder, task && offer(task, folder));
  const ended = endOf(child);
  // For a command that ends without `close`: after a second Ctrl-C, or one before the server is ready.
  const abandon = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', abandon);
  const close = async (): Promise<void> => {
    const exit = ended.aborted ? undefined : once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
    await rm(folder, { recursive: true, force: true });
    process.off('exit', abandon);
  };
  try {
    return { url: await addressOf(child), pid: child.pid ?? 0, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Creates the folder of the server at once. @throws AppError BAD_USER_INPUT where there can be none */
function createFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'nogil-bench-'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw AppError.badInput('TMPDIR', `no folder can be created in ${tmpdir()}: ${code}`);
  }
}

function endOf(child: ChildProcess): AbortSignal {
  const ended = new AbortController();
  child.once('exit', (code, signal) => {
    const how = signal ?? `exit code ${code}`;
    ended.abort(
      new AppError('INTERNAL_SERVER_ERROR', `The process that measures ended unexpectedly: ${how}`),
    );
  });
  return ended.signal;
}

function forkServer(folder: string, tasks: string | undefined): ChildProcess {
  return fork(ENTRY, [currentFolder(), folder], {
    // Own process group: only the command receives Ctrl-C, and it cancels the benchmark first.
    detached: true,
    execArgv: [],
    // Not the current folder, whose .env may name the database or address of another server; nor the temporary one,
    // which is removed while processes of the server may still start in it.
    cwd: dirname(ENTRY),
    env: {
      ...temporaryFolder(),
      DATA_DIR: folder,
      MEDIA_DIR: join(folder, 'media'),
      HOST: 'localhost',
      PORT: '0',
      LOG_LEVEL: 'error',
      ACCESS_TOKEN_SECONDS: DAY_SECONDS,
      // No other client uses this server, and a lower priority would measure how busy the machine is.
      BENCHMARK_NICENESS: '0',
      ...(tasks && { TASKS_DIR: tasks }),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

/** Reads the address from the first lines of a server. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new TypeError('The output of the server is a pipe');
  try {
    for await (const line of createInterface(stdout)) {
      const url = /^API\s+(\S+)\/graphql$/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
  } finally {
    // Keeps reading, so that the server never waits for the reader of its log.
    stdout.resume();
  }
  throw new AppError('INTERNAL_SERVER_ERROR', 'The server ended before it was ready');
}

/**
 * Creates a folder with one module that re-exports the user's module, and returns its path. Every program of this
 * machine can reach the server, so it offers no other file of the user's folder.
 */
function offer({ name, module }: OwnTask, folder: string): string {
  const tasks = join(folder, 'tasks');
  mkdirSync(tasks);
  const from = JSON.stringify(module);
  writeFileSync(join(tasks, `${name}.mjs`), `export * from ${from};\nexport { default } from ${from};\n`);
  return tasks;
}
