/** Decides whether a benchmark has time for another repetition of its cells. */
export interface RepetitionClock {
  /** A repetition begins. */
  begin(): void;
  /** The repetition has ended. */
  end(): void;
  allowsAnother(): boolean;
}

/** Allows another repetition while the longest one so far would end in time. */
export class DeadlineClock implements RepetitionClock {
  #begunAt = 0;
  #longestMs = 0;

  /**
   * @param deadline by the clock; null without one
   * @param now milliseconds
   */
  constructor(
    private readonly deadline: () => number | null,
    private readonly now: () => number = Date.now,
  ) {}

  begin(): void {
    this.#begunAt = this.now();
  }

  end(): void {
    this.#longestMs = Math.max(this.#longestMs, this.now() - this.#begunAt);
  }

  allowsAnother(): boolean {
    return this.now() + this.#longestMs <= (this.deadline() ?? Number.POSITIVE_INFINITY);
  }
}
