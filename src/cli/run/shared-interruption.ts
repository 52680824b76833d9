/** What can be cancelled gently; null: nothing. */
export interface Cancellable {
  gentler: (() => void) | null;
}

/** Passes one interruption on to several measurements that run at the same time. */
export class SharedInterruption {
  readonly #actions = new Map<object, () => void>();
  #isCancelled = false;

  constructor(private readonly interruption: Cancellable) {}

  /** The interruption of one more measurement; one that begins after a cancellation is cancelled at once. */
  part(): Cancellable {
    const place = {};
    const set = (action: (() => void) | null) => this.#set(place, action);
    return {
      get gentler() {
        return null;
      },
      set gentler(action) {
        set(action);
      },
    };
  }

  /** Cancels every measurement. */
  cancel(): void {
    this.#isCancelled = true;
    for (const action of [...this.#actions.values()]) action();
  }

  #set(place: object, action: (() => void) | null): void {
    if (action === null) this.#actions.delete(place);
    else this.#actions.set(place, action);
    this.interruption.gentler = this.#actions.size === 0 ? null : () => this.cancel();
    if (this.#isCancelled) action?.();
  }
}
