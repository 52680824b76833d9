const HOUR_MS = 3_600_000;

/** Removes from time to time what crashes have left in the storage, long after whoever wrote it must have ended. */
export class Housekeeping {
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();

  constructor(removeOrphans: (before: Date) => Promise<void>, onError: (error: unknown) => void) {
    this.#timer = setInterval(() => {
      this.#running = removeOrphans(new Date(Date.now() - HOUR_MS)).catch(onError);
    }, HOUR_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
