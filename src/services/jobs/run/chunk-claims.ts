import type { Claim, Queue } from '../../../queue/queue.js';

export interface ClaimingRules {
  /** Returns true if one more chunk can be held. */
  hasRoom(): boolean;
  /** Returns the owners with enough active items; their chunks are passed over. */
  suppliedOwners(): string[];
  /** Resolves to false when this process must claim nothing more. */
  mayClaim(): Promise<boolean>;
  take(claim: Claim): void;
  onError(error: unknown): void;
}

/**
 * Claims chunks one at a time while there is room and work. A claim that finds nothing costs as much as one that does,
 * so the queue is asked only after a signal that it has work, or when an owner who was passed over needs items.
 */
export class ChunkClaims {
  #claiming: Promise<void> | undefined;
  /** Number of signals that the queue may have work. */
  #signals = 0;
  /** `#signals` at the last claim, and at the last claim that found nothing. */
  #askedAt = 0;
  #emptyAt = -1;
  /** Owners passed over by the last claim that found nothing; they may have entries. */
  #passedOver: readonly string[] = [];
  #ended = false;

  constructor(
    private readonly queue: Queue,
    private readonly rules: ClaimingRules,
  ) {}

  /** Claims after a signal that the queue may have new work. */
  signalWork(): void {
    this.#signals++;
    this.claim();
  }

  /** Claims if there is room and possibly work; to be called when room is freed or an owner's items have ended. */
  claim(): void {
    if (!this.#mayFind()) return;
    this.#claiming ??= this.#claimAll().then(
      () => {
        this.#claiming = undefined;
        // Signals may have arrived since the last answer.
        this.claim();
      },
      (error) => {
        this.#claiming = undefined;
        this.#emptyAt = -1;
        this.rules.onError(error);
        // Without a new signal, claiming again at once would fail in a tight loop.
        if (this.#signals > this.#askedAt) this.claim();
      },
    );
  }

  /** Resolves when no claim is in progress. */
  async settled(): Promise<void> {
    while (this.#claiming) await this.#claiming;
  }

  #mayFind(): boolean {
    if (this.#ended || !this.rules.hasRoom()) return false;
    if (this.#signals > this.#emptyAt) return true;
    if (this.#passedOver.length === 0) return false;
    const supplied = this.rules.suppliedOwners();
    return this.#passedOver.some((owner) => !supplied.includes(owner));
  }

  async #claimAll(): Promise<void> {
    while (this.#mayFind()) {
      this.#ended = !(await this.rules.mayClaim());
      if (this.#ended) return;
      this.#askedAt = this.#signals;
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
