import type { Claim, Queue } from '../queue/queue.js';

export interface ClaimingRules {
  /** Whether one more chunk can be held. */
  hasRoom(): boolean;
  /** Owners who have enough in hand: others come first. */
  suppliedOwners(): string[];
  take(claim: Claim): void;
  onError(error: unknown): void;
}

/** Claims chunks as long as there is room and something to claim, one at a time, and asks no more than it has to. */
export class ChunkClaims {
  #claiming: Promise<void> | undefined;
  /** Something may have changed since the queue was last asked. */
  #askAgain = false;
  /** Owners whose entries were not looked at when the queue was last asked. */
  #passedOver: string[] = [];

  constructor(
    private readonly queue: Queue,
    private readonly rules: ClaimingRules,
  ) {}

  /** There may be something to claim, or room for it. */
  ask(): void {
    this.#askAgain = true;
    if (!this.rules.hasRoom()) return;
    this.#claiming ??= this.#claimAll().finally(() => {
      this.#claiming = undefined;
      // What was heard of since the last answer.
      if (this.#askAgain) this.ask();
    });
  }

  /** An owner has less in hand than before. */
  askIfShort(): void {
    if (this.#passedOver.length === 0) return;
    const supplied = this.rules.suppliedOwners();
    if (this.#passedOver.some((owner) => !supplied.includes(owner))) this.ask();
  }

  /** Resolves when no claim is under way. */
  async settled(): Promise<void> {
    while (this.#claiming) await this.#claiming;
  }

  async #claimAll(): Promise<void> {
    while (this.#askAgain && this.rules.hasRoom()) {
      this.#askAgain = false;
      try {
        this.#passedOver = this.rules.suppliedOwners();
        const claim = await this.queue.claim(this.#passedOver);
        if (claim === undefined) continue;
        this.#askAgain = true;
        this.rules.take(claim);
      } catch (error) {
        this.rules.onError(error);
      }
    }
  }
}
