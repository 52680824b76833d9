import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ItemError } from '../../../entities/job-item.entity.js';
import { AppError } from '../../../errors.js';
import { type Claim, HEARTBEAT_MS, type Queue } from '../../../queue/queue.js';
import type { Quota } from '../../images/quota.js';
import { databaseUnavailable } from '../../shared/database-unavailable.js';
import type { RunDependencies } from './active-job.js';
import { ActiveJobs } from './active-jobs.js';
import { ChunkClaims } from './chunk-claims.js';
import { startChunk } from './job-chunk.js';

export interface RunnerDependencies extends Omit<RunDependencies, 'suspects' | 'onItem'> {
  queue: Queue;
  quota: Quota;
}

/** The queue is asked at least so often, whatever was heard of it. */
const POLL_MS = 5_000;
/** Before a chunk is given back that could not be run, so that it does not fail in a tight loop. */
const FAILURE_PAUSE_MS = 1_000;
/** Before one that could not even be given up. */
const GIVEN_UP_PAUSE_MS = 60_000;

const GIVEN_UP: ItemError = {
  code: 'PROCESSING_FAILED',
  message: 'The server failed again and again while it had this in hand',
};

interface Held {
  readonly lost: AbortController;
  /** Its items are known, or cannot be. */
  opened: boolean;
}

/** Takes chunks from the queue and runs them on the compute host of this machine. */
export class JobRunner {
  readonly #jobs: ActiveJobs;
  readonly #held = new Map<Claim, Held>();
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
      take: (claim) => this.#take(claim),
      onError: deps.onError,
    });
  }

  start(): void {
    const forget = this.deps.queue.onWork(() => this.#claims.hearOfWork());
    const poll = setInterval(() => this.#claims.hearOfWork(), POLL_MS);
    const heartbeat = setInterval(() => this.#heartbeat(), HEARTBEAT_MS);
    this.#end = () => {
      clearInterval(poll);
      clearInterval(heartbeat);
      forget();
    };
    this.#claims.hearOfWork();
  }

  /**
   * Starts nothing more and lets what runs end; after `graceMs` that is stopped and put back, and what cannot even be
   * put back by `stopMs` later is left to whoever starts next. Resolves when nothing of it goes on.
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
    // Chunks of many owners at once, and enough of one for every worker.
    return !this.#drain.signal.aborted && this.#held.size < 16 + this.deps.workers;
  }

  #take(claim: Claim): void {
    const run = this.#run(claim).finally(() => {
      this.#runs.delete(run);
      this.#claims.claim();
    });
    this.#runs.add(run);
  }

  /** Owners who have enough in hand to keep every worker busy, and those of whom that is not known yet. */
  #suppliedOwners(): string[] {
    const supplied = [...this.#jobs.inHand()].filter(([, items]) => items >= 5 * this.deps.workers);
    const opening = [...this.#held].filter(([, { opened }]) => !opened);
    return [...supplied.map(([owner]) => owner), ...opening.map(([{ entry }]) => entry.ownerId)];
  }

  async #run(claim: Claim): Promise<void> {
    const { queue } = this.deps;
    const held: Held = { lost: new AbortController(), opened: false };
    this.#held.set(claim, held);
    try {
      const done = await this.#runChunk(claim, held);
      if (!held.lost.signal.aborted) await (done ? queue.complete(claim) : queue.release(claim));
    } catch (error) {
      this.deps.onError(error);
      held.opened = true;
      this.#claims.claim();
      await this.#giveBack(claim, isPassing(error)).catch(this.deps.onError);
    } finally {
      this.#held.delete(claim);
    }
  }

  /** Gives back what could not be run; unless that passes by itself, it is held against the chunk. */
  async #giveBack(claim: Claim, passing: boolean): Promise<void> {
    const pauseMs = claim.givenUp && !passing ? GIVEN_UP_PAUSE_MS : FAILURE_PAUSE_MS;
    await delay(pauseMs, undefined, { signal: this.#drain.signal }).catch(() => undefined);
    await (passing ? this.deps.queue.release(claim) : this.deps.queue.fail(claim));
  }

  /** True when nothing of the chunk is left to do. */
  async #runChunk({ entry, givenUp }: Claim, held: Held): Promise<boolean> {
    const chunk = await startChunk(this.deps.fork(), entry);
    if (chunk === undefined) return true;
    const job = this.#jobs.join(chunk.job);
    job.wrote(chunk.seq);
    // Of a later start nothing is told: what is shown of the job's progress stays as it was.
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

/** What says nothing about a chunk, and goes by itself. */
function isPassing(error: unknown): boolean {
  return (
    databaseUnavailable(error) !== undefined || (error instanceof AppError && error.code === 'SERVER_BUSY')
  );
}
