import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf } from '../processes.js';
import type { ServerProcess } from '../server-process.js';

/** Data for which there is no space: incoming files, images, results of the compute host, or rows of SQLite. */
export type Need = 'BUFFERS' | 'IMAGES' | 'RESULTS' | 'ROWS';

/** Fills the disk of a server and frees it again. */
export interface DiskSpace {
  /** Settings that place the server's data on that disk. */
  readonly env: Readonly<Record<string, string>>;
  mediaDir(server: ServerProcess): string;
  databaseFile(server: ServerProcess): string;
  fill(need: Need, server: ServerProcess): Promise<void>;
  free(server: ServerProcess): Promise<void>;
  /** Called after the server has ended. */
  remove(): void;
}

/** Methods that work on this machine; the first works on every Linux. */
export function waysToFill(): [string, () => DiskSpace][] {
  const limited: [string, () => DiskSpace] = ['no file may grow (EFBIG)', () => new FileSizeLimit()];
  return canMount()
    ? [limited, ['its file system is full (ENOSPC)', () => new SmallFileSystems()]]
    : [limited];
}

/** Processes that may not write to files, but to pipes and sockets. */
class FileSizeLimit implements DiskSpace {
  readonly env = {};

  mediaDir({ folder }: ServerProcess): string {
    return join(folder, 'media');
  }

  databaseFile({ folder }: ServerProcess): string {
    return join(folder, 'data', 'nogil-bench.db');
  }

  async fill(need: Need, { pid }: ServerProcess): Promise<void> {
    limitFiles(need === 'RESULTS' ? await descendantsOf(pid) : [pid], '0');
  }

  async free({ pid }: ServerProcess): Promise<void> {
    limitFiles([pid, ...(await descendantsOf(pid))], 'unlimited');
  }

  remove(): void {
    // It ended with the processes.
  }
}

/** Sets only the soft limit, which every process may raise again. */
function limitFiles(pids: readonly number[], bytes: string): void {
  for (const pid of pids) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

const MEBIBYTES = 8;
const PLACES: Record<Need, string> = { BUFFERS: 'tmp', IMAGES: 'media', RESULTS: 'media', ROWS: 'data' };

/** File systems in memory of a few megabytes, and a file that fills each. */
class SmallFileSystems implements DiskSpace {
  readonly #root = mkdtempSync(join(tmpdir(), 'nogil-bench-disk-'));
  readonly #places = new Set(Object.values(PLACES));
  readonly env = {
    TMPDIR: join(this.#root, 'tmp'),
    MEDIA_DIR: join(this.#root, 'media'),
    DATA_DIR: join(this.#root, 'data'),
  };

  constructor() {
    for (const place of this.#places) {
      mkdirSync(join(this.#root, place));
      mountMemory(join(this.#root, place));
    }
  }

  mediaDir(): string {
    return this.env.MEDIA_DIR;
  }

  databaseFile(): string {
    return join(this.env.DATA_DIR, 'nogil-bench.db');
  }

  async fill(need: Need): Promise<void> {
    const more = { flag: 'a' };
    const filler = this.#filler(PLACES[need]);
    await writeFile(filler, Buffer.alloc(MEBIBYTES * 2 ** 20), more).catch((error) => {
      if (error.code !== 'ENOSPC') throw error;
    });
  }

  async free(): Promise<void> {
    for (const place of this.#places) await rm(this.#filler(place), { force: true });
  }

  remove(): void {
    for (const place of this.#places) execFileSync('umount', ['--lazy', join(this.#root, place)]);
    rmSync(this.#root, { recursive: true });
  }

  #filler(place: string): string {
    return join(this.#root, place, 'filler');
  }
}

function mountMemory(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEBIBYTES}m`, 'tmpfs', folder], { stdio: 'pipe' });
}

/** Root may mount, except in most containers. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'nogil-bench-disk-'));
  try {
    mountMemory(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
