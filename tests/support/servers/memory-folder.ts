import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's file system in memory. */
const MEMORY = '/dev/shm';

/** A file system in memory with this number of bytes free, or else the folder for temporary files. */
export function memoryFolder(bytes: number): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= bytes ? MEMORY : tmpdir();
}

/**
 * Makes a folder for the temporary files of a run in memory, where writes need no disk: no file of a test must survive a
 * power cut. It is removed when this process ends, even if it is killed.
 *
 * @returns undefined where memory has not this number of bytes free, or runs no programs
 */
export function temporaryFilesInMemory(bytes: number): string | undefined {
  const parent = memoryFolder(bytes);
  if (parent !== MEMORY) return undefined;
  const folder = mkdtempSync(join(parent, 'nogil-bench-tests-'));
  // PostgreSQL, as another user, works in folders below.
  chmodSync(folder, 0o711);
  if (!runsPrograms(folder)) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const watchdog = spawn('sh', ['-c', 'cat; rm -rf "$0"', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  return folder;
}

/** Whether files of a folder can be executed; containers often mount memory without that. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  try {
    execFileSync(program);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(program);
  }
}
