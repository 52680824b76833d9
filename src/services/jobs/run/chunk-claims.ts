import type { Claim, Queue } from '../../../queue/queue.js';

export interface ClaimingRules {
  /** Whether one more chunk can be held. */
  hasRoom(): boolean;
  /** Owners who have enough in hand: others come first. */
  suppliedOwners(): string[];
  take(claim: Claim): void;
  onError(error: unknown): void;
}

/**
 * Claims chunks as long as there is room and something to claim, one at a time. A claim that finds nothing costs as much
 * as one that does, so the queue is asked only where something was heard of it, or an owner has less in hand than then.
 */
export class ChunkClaims {
  #claiming: Promise<void> | undefined;
  /** How often something was heard of the queue. */
  #heard = 0;
  /** … when it was asked the last time, and when it was last found empty. */
  #askedAt = 0;
  #emptyAt = -1;
  /** The owners who were passed over then: whose entries there may be. */
  #passedOver: readonly string[] = [];

  constructor(
    private readonly queue: Queue,
    private readonly rules: ClaimingRules,
  ) {}

  /** There may be something to claim that was not there before. */
  hearOfWork(): void {
    this.#heard++;
    this.claim();
  }

  /** There may be room, or an owner with less in hand than before. */
  claim(): void {
    if (!this.#mayFind()) return;
    this.#claiming ??= this.#claimAll().then(
      () => {
        this.#claiming = undefined;
        // What was heard of since the last answer.
        this.claim();
      },
      (error) => {
        this.#claiming = undefined;
        this.#emptyAt = -1;
        this.rules.onError(error);
        // Not at once without news: it would fail in a tight loop.
        if (this.#heard > this.#askedAt) this.claim();
      },
    );
  }

  /** Resolves when no claim is under way. */
  async settled(): Promise<void> {
    while (this.#claiming) await this.#claiming;
  }

  #mayFind(): boolean {
    if (!this.rules.hasRoom()) return false;
    if (this.#heard > this.#emptyAt) return true;
    if (this.#passedOver.length === 0) return false;
    const supplied = this.rules.suppliedOwners();
    return this.#passedOver.some((owner) => !supplied.includes(owner));
  }

  async #claimAll(): Promise<void> {
    while (this.#mayFind()) {
      this.#askedAt = this.#heard;
      const passedOver = this.rules.suppliedOwners();
      const claim = await this.queue.claim(passedOver);
      if (claim !== undefined) {
        this.rules.take(claim);
      } else {
        this.#emptyAt = this.#askedAt;
        this.#passedOver = passedOver;
      }
    }
  }
}
