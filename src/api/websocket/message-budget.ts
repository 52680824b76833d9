const WINDOW_MS = 60_000;

/** Counts messages by sender, from the first one on for a minute. */
export class MessageBudget {
  readonly #windows = new Map<unknown, { startedAt: number; messages: number }>();

  constructor(private readonly perMinute: number) {}

  /** False where the sender has used its minute up. */
  take(sender: unknown): boolean {
    const now = performance.now();
    let window = this.#windows.get(sender);
    if (!window || now - window.startedAt > WINDOW_MS) {
      window = { startedAt: now, messages: 0 };
      this.#windows.set(sender, window);
    }
    window.messages += 1;
    return window.messages <= this.perMinute;
  }

  /** To be called at intervals: lets go of minutes that are over. */
  forget(): void {
    const earliest = performance.now() - WINDOW_MS;
    for (const [sender, { startedAt }] of this.#windows) {
      if (startedAt < earliest) this.#windows.delete(sender);
    }
  }
}
