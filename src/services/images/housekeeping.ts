const HOUR_MS = 3_600_000;

/** Removes files left by crashes, and expired rows: at the start and every hour. */
export class Housekeeping {
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly clean: (olderThan: Date, signal: AbortSignal) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * @param alone True if no other process writes and nothing is served yet: everything without a row is removed before
   * this resolves. Otherwise only files older than any upload or computation are removed, in the background.
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
