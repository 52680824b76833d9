import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ItemError } from '../../../entities/job-item.entity.js';
import { AppError } from '../../../errors.js';
import { type Claim, HEARTBEAT_MS, type Queue } from '../../../queue/queue.js';
import type { Quota } from '../../images/quota.js';
import { databaseUnavailable } from '../../shared/database-unavailable.js';
import type { Release } from '../../shared/release-guard.js';
import type { RunDependencies } from './active-job.js';
import { ActiveJobs } from './active-jobs.js';
import { ChunkClaims } from './chunk-claims.js';
import { startChunk } from './job-chunk.js';
import { NewerWork } from './newer-work.js';

export interface RunnerDependencies extends Omit<RunDependencies, 'suspects' | 'onItem'> {
  queue: Queue;
  quota: Quota;
  release: Release;
}

/** Interval at which the queue is polled, in case a signal was lost. */
const POLL_MS = 5_000;
/** Active items of an owner, for each image in flight, from which on this process claims no more of that owner. */
const SUPPLY = 3;
/** Pause before a chunk that could not be run is returned, so that it does not fail in a tight loop. */
const FAILURE_PAUSE_MS = 1_000;
/** The same for a chunk whose items could not even be marked as failed. */
const GIVEN_UP_PAUSE_MS = 60_000;

const GIVEN_UP: ItemError = {
  code: 'PROCESSING_FAILED',
  message: 'Processing failed repeatedly; this item was given up',
};

interface HeldChunk {
  /** Aborted when the queue has given the claim to another process. */
  readonly lost: AbortController;
  /** True once its items have been read, or could not be. */
  opened: boolean;
}

/**
 * Claims chunks from the queue and runs them on the compute host of this machine. The life of one item, in order:
 *
 *  1. `job-creation.ts` stores the job, its items and their queue entries (chunks) in one transaction.
 *  2. `chunk-claims.ts` claims a chunk while this process has room; `job-runner.ts` holds it and sends heartbeats.
 *  3. `job-chunk.ts` starts the chunk's items: each gets the number of a new attempt.
 *  4. `active-jobs.ts` finds the job of the chunk; `active-job.ts` runs its items within the job's concurrency.
 *  5. `item-attempt.ts` computes one image on the compute host and retries while that is busy.
 *  6. `item-writer.ts` groups what has ended; `item-commit.ts` commits results, items, counts and `seq` together
 *     (`images/result-rows.ts`, `item-queries.ts`) and rejects what a superseded attempt made.
 *  7. `progress/` publishes the new `seq`; subscribers read the row again.
 *  8. `job-runner.ts` completes the chunk in the queue, or releases it if items are left.
 *  9. `job-recovery.ts` enqueues items whose entry was lost in a crash. `job-state.ts` has the allowed transitions.
 */
export class JobRunner {
  readonly #jobs: ActiveJobs;
  readonly #held = new Map<Claim, HeldChunk>();
  readonly #runs = new Set<Promise<void>>();
  readonly #drain = new AbortController();
  readonly #stop = new AbortController();
  readonly #closed = new AbortController();
  readonly #claims: ChunkClaims;
  #end: () => void = () => undefined;

  constructor(private readonly deps: RunnerDependencies) {
    this.#jobs = new ActiveJobs(
      { ...deps, suspects: pLimit(1), onItem: () => this.#claims.claim() },
      { drain: this.#drain.signal, stop: this.#stop.signal, closed: this.#closed.signal },
    );
    this.#claims = new ChunkClaims(deps.queue, {
      hasRoom: () => this.#hasRoom(),
      suppliedOwners: () => this.#suppliedOwners(),
      mayClaim: () => deps.release.isCurrent(),
      take: (claim) => this.#take(claim),
      onError: deps.onError,
    });
  }

  start(): void {
    const unsubscribe = this.deps.queue.onWork(() => this.#claims.signalWork());
    const poll = setInterval(() => this.#claims.signalWork(), POLL_MS);
    const heartbeat = setInterval(() => this.#heartbeat(), HEARTBEAT_MS);
    this.#end = () => {
      clearInterval(poll);
      clearInterval(heartbeat);
      unsubscribe();
    };
    this.#claims.signalWork();
  }

  /**
   * Claims and starts nothing more. Running items may end within `graceMs`; then they are stopped and released. What
   * cannot be released within another `stopMs` is left to {@link JobRecovery}. Resolves when nothing runs any more.
   */
  async close(graceMs: number, stopMs = 3_000): Promise<void> {
    this.#drain.abort();
    const timers = [
      setTimeout(() => this.#stop.abort(), graceMs),
      setTimeout(() => this.#closed.abort(), graceMs + stopMs),
    ];
    await this.#claims.settled();
    await Promise.all(this.#runs);
    for (const timer of timers) clearTimeout(timer);
    this.#end();
    this.#closed.abort();
  }

  #hasRoom(): boolean {
    // Room for chunks of many owners, and for enough chunks of one owner to keep every worker busy.
    return !this.#drain.signal.aborted && this.#held.size < 16 + this.deps.imagesInFlight;
  }

  #take(claim: Claim): void {
    const run = this.#run(claim).finally(() => {
      this.#runs.delete(run);
      this.#claims.claim();
    });
    this.#runs.add(run);
  }

  /** Returns the owners with enough items to keep every worker busy, and those whose claimed items are not read yet. */
  #suppliedOwners(): string[] {
    const enough = SUPPLY * this.deps.imagesInFlight;
    const supplied = [...this.#jobs.itemsByOwner()].filter(([, items]) => items >= enough);
    const opening = [...this.#held].filter(([, { opened }]) => !opened);
    return [...supplied.map(([owner]) => owner), ...opening.map(([{ entry }]) => entry.ownerId)];
  }

  async #run(claim: Claim): Promise<void> {
    const { queue } = this.deps;
    const held: HeldChunk = { lost: new AbortController(), opened: false };
    this.#held.set(claim, held);
    try {
      const done = await this.#runChunk(claim, held);
      if (!held.lost.signal.aborted) await (done ? queue.complete(claim) : queue.release(claim));
    } catch (error) {
      if (error instanceof NewerWork) this.deps.release.foundNewer(error.message);
      else this.deps.onError(error);
      held.opened = true;
      this.#claims.claim();
      await this.#returnChunk(claim, isTemporary(error)).catch(this.deps.onError);
    } finally {
      this.#held.delete(claim);
    }
  }

  /** Returns a chunk that could not be run to the queue; unless the cause is temporary, it counts as a failure. */
  async #returnChunk(claim: Claim, temporary: boolean): Promise<void> {
    const pauseMs = claim.givenUp && !temporary ? GIVEN_UP_PAUSE_MS : FAILURE_PAUSE_MS;
    await delay(pauseMs, undefined, { signal: this.#drain.signal }).catch(() => undefined);
    await (temporary ? this.deps.queue.release(claim) : this.deps.queue.fail(claim));
  }

  /** Resolves to true when every item of the chunk has ended. */
  async #runChunk({ entry, givenUp }: Claim, held: HeldChunk): Promise<boolean> {
    const chunk = await startChunk(this.deps.fork(), entry);
    if (chunk === undefined) return true;
    const job = this.#jobs.join(chunk.job);
    job.wrote(chunk.seq);
    // Publish only the first start; later starts do not change the visible progress.
    if (chunk.first) this.deps.progress.publish({ topic: 'job', id: entry.jobId, seq: chunk.seq });
    try {
      const refusal = givenUp ? GIVEN_UP : await this.#overQuota(entry.ownerId);
      const running = refusal ? job.fail(chunk.items, refusal) : job.run(chunk.items, held.lost.signal);
      held.opened = true;
      this.#claims.claim();
      return await running;
    } finally {
      this.#jobs.leave(job);
    }
  }

  async #overQuota(ownerId: string): Promise<ItemError | undefined> {
    try {
      await this.deps.quota.check(this.deps.fork(), ownerId);
      return undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { code: error.code, message: error.message };
    }
  }

  async #heartbeat(): Promise<void> {
    try {
      for (const claim of await this.deps.queue.heartbeat([...this.#held.keys()])) {
        this.#held.get(claim)?.lost.abort();
      }
    } catch (error) {
      this.deps.onError(error);
    }
  }
}

/** Returns true for an error that is not the chunk's fault and passes by itself. */
function isTemporary(error: unknown): boolean {
  return (
    databaseUnavailable(error) !== undefined || (error instanceof AppError && error.code === 'SERVER_BUSY')
  );
}
