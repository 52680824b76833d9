import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ItemError } from '../entities/job-item.entity.js';
import { AppError } from '../errors.js';
import { type Claim, HEARTBEAT_MS, type Queue } from '../queue/queue.js';
import { ActiveJob, type RunDependencies } from './active-job.js';
import { type JobFacts, startChunk } from './job-chunk.js';
import type { Quota } from './quota.js';

export interface RunnerDependencies extends Omit<RunDependencies, 'suspects' | 'onItem'> {
  queue: Queue;
  quota: Quota;
}

/** The queue is asked at least so often, whatever was heard of it. */
const POLL_MS = 5_000;
/** Before a chunk is given back after an unexpected failure, so that it does not fail in a tight loop. */
const FAILURE_PAUSE_MS = 1_000;

const GIVEN_UP: ItemError = {
  code: 'PROCESSING_FAILED',
  message: 'The server went down again and again while it had this in hand',
};

interface Held {
  readonly owner: string;
  readonly lost: AbortController;
  /** Set once its items are known. */
  job?: ActiveJob;
}

/** Takes chunks from the queue and runs them on the compute host of this machine. */
export class JobRunner {
  readonly #deps: RunDependencies;
  readonly #jobs = new Map<string, ActiveJob>();
  readonly #held = new Map<Claim, Held>();
  readonly #runs = new Set<Promise<void>>();
  readonly #drain = new AbortController();
  readonly #stop = new AbortController();
  readonly #closed = new AbortController();
  #claiming: Promise<void> | undefined;
  /** Owners whose entries were not looked at when the queue was last asked. */
  #passedOver: string[] = [];
  #mayClaim = false;
  #end: () => void = () => undefined;

  constructor(private readonly deps: RunnerDependencies) {
    this.#deps = { ...deps, suspects: pLimit(1), onItem: () => this.#claimIfNeeded() };
  }

  start(): void {
    const forget = this.deps.queue.onWork(() => this.#claim());
    const poll = setInterval(() => this.#claim(), POLL_MS);
    const heartbeat = setInterval(() => this.#heartbeat(), HEARTBEAT_MS);
    this.#end = () => {
      clearInterval(poll);
      clearInterval(heartbeat);
      forget();
    };
    this.#claim();
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
    await this.#claiming;
    await Promise.all(this.#runs);
    for (const timer of timers) clearTimeout(timer);
    this.#end();
    this.#closed.abort();
  }

  /** Takes what there is room for. Called often, and costs little where there is none. */
  #claim(): void {
    this.#mayClaim = true;
    this.#claiming ??= this.#claimAll().finally(() => {
      this.#claiming = undefined;
      // What was heard of between the last look and now.
      if (this.#mayClaim && this.#hasRoom()) this.#claim();
    });
  }

  #hasRoom(): boolean {
    // Chunks of many owners at once, and enough of one for every worker.
    return !this.#drain.signal.aborted && this.#held.size < 16 + this.deps.workers;
  }

  async #claimAll(): Promise<void> {
    while (this.#mayClaim && this.#hasRoom()) {
      this.#mayClaim = false;
      try {
        const supplied = this.#suppliedOwners();
        const claim = await this.deps.queue.claim(supplied);
        this.#passedOver = supplied;
        if (claim === undefined) continue;
        this.#mayClaim = true;
        const run = this.#run(claim).finally(() => {
          this.#runs.delete(run);
          this.#claim();
        });
        this.#runs.add(run);
      } catch (error) {
        this.deps.onError(error);
      }
    }
  }

  /** Asks the queue no more than it can have an answer: where somebody who was passed over runs short now. */
  #claimIfNeeded(): void {
    if (this.#passedOver.length === 0) return;
    const supplied = this.#suppliedOwners();
    if (this.#passedOver.some((owner) => !supplied.includes(owner))) this.#claim();
  }

  /** Owners who have enough in hand to keep every worker busy: others come first. */
  #suppliedOwners(): string[] {
    const inHand = new Map<string, number>();
    const add = (owner: string, items: number) => inHand.set(owner, (inHand.get(owner) ?? 0) + items);
    for (const { facts, inHand } of this.#jobs.values()) add(facts.ownerId, inHand);
    for (const { owner, job } of this.#held.values()) if (!job) add(owner, Number.POSITIVE_INFINITY);
    return [...inHand].filter(([, items]) => items >= 5 * this.deps.workers).map(([owner]) => owner);
  }

  async #run(claim: Claim): Promise<void> {
    const { queue } = this.deps;
    const held: Held = { owner: claim.entry.ownerId, lost: new AbortController() };
    this.#held.set(claim, held);
    try {
      const done = await this.#runChunk(claim, held);
      if (!held.lost.signal.aborted) await (done ? queue.complete(claim) : queue.release(claim));
    } catch (error) {
      this.deps.onError(error);
      await delay(FAILURE_PAUSE_MS, undefined, { signal: this.#drain.signal }).catch(() => undefined);
      await queue.release(claim).catch(this.deps.onError);
    } finally {
      this.#held.delete(claim);
    }
  }

  /** True when nothing of the chunk is left to do. */
  async #runChunk({ entry, givenUp }: Claim, held: Held): Promise<boolean> {
    const chunk = await startChunk(this.deps.fork(), entry);
    if (chunk === undefined) return true;
    const job = this.#join(chunk.job);
    job.wrote(chunk.seq);
    this.deps.progress.publish({ topic: 'job', id: entry.jobId, seq: chunk.seq });
    try {
      const refusal = givenUp ? GIVEN_UP : await this.#overQuota(entry.ownerId);
      const running = refusal ? job.fail(chunk.items, refusal) : job.run(chunk.items, held.lost.signal);
      held.job = job;
      this.#claim();
      return await running;
    } finally {
      this.#leave(job);
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

  #join(facts: JobFacts): ActiveJob {
    const key = `${facts.id} ${facts.round}`;
    const ends = { drain: this.#drain.signal, stop: this.#stop.signal, closed: this.#closed.signal };
    const job = this.#jobs.get(key) ?? new ActiveJob(facts, this.#deps, ends);
    job.chunks++;
    this.#jobs.set(key, job);
    return job;
  }

  #leave(job: ActiveJob): void {
    if (--job.chunks > 0) return;
    job.close();
    this.#jobs.delete(`${job.facts.id} ${job.facts.round}`);
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
