import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.js';

const PREFIX = 'nogil-bench-uploads-';
const FOLDER = /^nogil-bench-uploads-(\d+)-/;
const RETRY_AFTER_MS = 60_000;

/** Folders of this process; tests run several servers in one process. */
const ownFolders = new Set<string>();

/** Complete uploaded file, in a temporary file. */
export interface BufferedFile {
  open(): Readable;
  /** Idempotent. */
  remove(): Promise<void>;
}

/** Stores uploaded files in a temporary folder of this process until their request is answered. */
export class UploadBuffers {
  readonly #name = `${PREFIX}${process.pid}-${randomUUID()}`;
  readonly #folder = join(tmpdir(), this.#name);

  constructor() {
    ownFolders.add(this.#name);
  }

  /**
   * Reads a body into a temporary file. Leaves no file when the body fails or is destroyed; SERVER_BUSY if the disk
   * is full or broken.
   */
  async receive(body: Readable): Promise<BufferedFile> {
    const path = join(this.#folder, randomUUID());
    const remove = () => rm(path, { force: true });
    try {
      // Created at each upload, because system cleaners remove idle temporary folders.
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await pipeline(body, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await remove().catch(() => undefined);
      throw isSystemError(error) ? busy(error) : error;
    }
    return { open: () => createReadStream(path), remove };
  }

  /** Removes the folder with everything in it. */
  async close(): Promise<void> {
    ownFolders.delete(this.#name);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Removes the folders of processes that were killed. */
export async function removeLeftOverBuffers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = FOLDER.exec(name) ?? [];
    if (pid === undefined || ownFolders.has(name) || isOtherProcess(Number(pid))) continue;
    // Folders of other users of this machine are not removed.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Whether another process has this id. In a container, a restarted server often has the same id as before. */
function isOtherProcess(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function busy(cause: unknown): AppError {
  const message = 'The server cannot store uploads now; try again later';
  return new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS }, { cause });
}
