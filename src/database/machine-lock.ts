import { tmpdir } from 'node:os';
import { WaitingLine } from '../execution/machine/waiting-line.js';
import { machineLockPath, tryLockFile } from './file-lock.js';

/**
 * Lets one program of this user measure at a time on this machine, in the order in which they asked. The lock is
 * released when its process ends, however it ends.
 */
export class MachineLock {
  readonly #line: WaitingLine;

  constructor(private readonly folder = tmpdir()) {
    this.#line = new WaitingLine(folder);
  }

  /**
   * Returns the function that releases the lock; null while another program holds it or has waited for longer. A program
   * that asks again within 10 s keeps its place.
   *
   * @param what is measured, such as "a benchmark", for programs that wait
   * @throws AppError INTERNAL_SERVER_ERROR where a file of the lock is a link, or belongs to another user
   */
  async tryAcquire(what: string): Promise<(() => Promise<void>) | null> {
    if (!(await this.#line.isFirst())) return null;
    const release = await tryLockFile(machineLockPath(this.folder));
    if (release === null) return null;
    try {
      await this.#line.leave();
      await this.#line.setHolder(what);
    } catch (error) {
      await release();
      throw error;
    }
    return async () => {
      await this.#line.clearHolder();
      await release();
    };
  }

  /** Whether another program waits for the lock. */
  isAwaited(): Promise<boolean> {
    return this.#line.isAwaited();
  }

  /** Gives up the place among the waiting programs. */
  withdraw(): Promise<void> {
    return this.#line.leave();
  }
}
