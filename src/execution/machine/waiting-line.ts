import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../errors.js';

/** The program that measures on this machine. */
export interface MachineHolder {
  pid: number;
  /** What it measures, such as "a benchmark". */
  what: string;
  /** ISO 8601. */
  since: string;
}

/** A program that has not asked for this long has ended, or waits no more. */
const STALE_MS = 10_000;
const HOLDER = 'holder.json';
const TICKET = 'ticket-';

/** Start of the names of the files that programs of this user share to measure one at a time. */
export function measuringPath(folder = tmpdir()): string {
  const owner = process.getuid?.() ?? userInfo().username.replace(/\W/g, '_');
  return join(folder, `nogil-bench-measuring-${owner}`);
}

/**
 * The order in which programs of this user wait to measure on this machine, and who measures now. Each waiting program
 * has a file whose name has the time of its first request and whose modification time is that of its latest one.
 */
export class WaitingLine {
  readonly #folder: string;
  #ticket: string | undefined;

  constructor(folder = tmpdir()) {
    this.#folder = `${measuringPath(folder)}.line`;
  }

  /**
   * Takes or keeps the place of this program; whether no program waits for longer.
   *
   * @throws AppError INTERNAL_SERVER_ERROR where the folder is a link, or belongs to another user
   */
  async isFirst(): Promise<boolean> {
    await this.#createFolder();
    this.#ticket ??= ticketAfter(await this.#tickets());
    await this.#keep(this.#ticket);
    for (const ticket of await this.#tickets()) {
      if (ticket === this.#ticket) return true;
      if (await this.#isFresh(ticket)) return false;
    }
    return true;
  }

  /** Whether another program waits. */
  async isAwaited(): Promise<boolean> {
    for (const ticket of await this.#tickets()) {
      if (ticket !== this.#ticket && (await this.#isFresh(ticket))) return true;
    }
    return false;
  }

  /** Gives up the place of this program. */
  async leave(): Promise<void> {
    if (this.#ticket === undefined) return;
    const ticket = this.#ticket;
    this.#ticket = undefined;
    await rm(join(this.#folder, ticket), { force: true });
  }

  /** States that this process measures. */
  async setHolder(what: string): Promise<void> {
    const holder: MachineHolder = { pid: process.pid, what, since: new Date().toISOString() };
    const file = await this.#openOwn(HOLDER, constants.O_TRUNC);
    await file.writeFile(JSON.stringify(holder));
    await file.close();
  }

  async clearHolder(): Promise<void> {
    await rm(join(this.#folder, HOLDER), { force: true });
  }

  /** The process that measures now; null if none does, or it is not known. */
  async holder(): Promise<MachineHolder | null> {
    try {
      await this.#rejectForeignFolder();
      const holder: MachineHolder = JSON.parse(await readFile(join(this.#folder, HOLDER), 'utf8'));
      process.kill(holder.pid, 0);
      return holder;
    } catch {
      return null;
    }
  }

  /** Names of the files of waiting programs, in the order in which they asked. */
  async #tickets(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error) => {
      // Folders of temporary files are cleaned.
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.startsWith(TICKET)).sort();
  }

  async #createFolder(): Promise<void> {
    await mkdir(this.#folder, { mode: 0o700, recursive: true });
    await this.#rejectForeignFolder();
  }

  /** The temporary folder is shared with other users, who could put a link or a folder of theirs there. */
  async #rejectForeignFolder(): Promise<void> {
    const found = await lstat(this.#folder);
    if (found.isDirectory() && (!process.getuid || found.uid === process.getuid())) return;
    throw new AppError('INTERNAL_SERVER_ERROR', `The folder ${this.#folder} belongs to another user`);
  }

  async #keep(ticket: string): Promise<void> {
    await (await this.#openOwn(ticket)).close();
    const now = new Date();
    await utimes(join(this.#folder, ticket), now, now);
  }

  async #isFresh(ticket: string): Promise<boolean> {
    const path = join(this.#folder, ticket);
    const found = await stat(path).catch(() => null);
    if (found === null) return false;
    if (Math.abs(Date.now() - found.mtimeMs) <= STALE_MS) return true;
    await rm(path, { force: true });
    return false;
  }

  #openOwn(name: string, flags = 0) {
    const { O_CREAT, O_RDWR, O_NOFOLLOW = 0 } = constants;
    return open(join(this.#folder, name), O_CREAT | O_RDWR | O_NOFOLLOW | flags, 0o600);
  }
}

/** The name of a place behind all others, also where the clock has been set back. */
function ticketAfter(tickets: readonly string[]): string {
  const last = Number.parseInt(tickets.at(-1)?.slice(TICKET.length) ?? '0', 10);
  return `${TICKET}${String(Math.max(Date.now(), last + 1)).padStart(15, '0')}-${randomUUID()}`;
}
