const HOUR_MS = 3_600_000;

/** Removes what crashes have left in the storage, and what has expired: at the start, and every hour. */
export class Housekeeping {
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly clean: (olderThan: Date, signal: AbortSignal) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * `alone`: nobody else writes, and nobody is served yet, so that all of it can go before this resolves. Otherwise
   * only what is older than any upload or computation lasts is left over for sure, and it goes while others work.
   */
  async start(alone: boolean): Promise<void> {
    if (alone) await this.clean(new Date(), this.#closing.signal);
    else this.#sweep();
    this.#timer = setInterval(() => this.#sweep(), HOUR_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.#running;
  }

  #sweep(): void {
    const hourAgo = new Date(Date.now() - HOUR_MS);
    this.#running = this.clean(hourAgo, this.#closing.signal).catch(this.onError);
  }
}
